import type { Place } from '../diff.ts';

/** A message at loading: a warning about the hypercall, or why it returns ENOSYS. */
export interface Note {
  readonly at: Place;
  readonly text: string;
  /** `warn`: dom0's calls fail because of it. */
  readonly level: 'info' | 'warn';
  /** The patched Xen could not be built, or no 64-bit guest could call the hypercall by its name. */
  readonly isMistake?: boolean;
}
