import { classOf, type Difference } from './compare.ts';

/** A difference that stays, with its reason. */
export interface Known {
  /** Matches `classOf()` and a difference's words, separated by a space. */
  readonly pattern: RegExp;
  readonly reason: string;
}

export const known: readonly Known[] = [
  {
    pattern: /^memory memory\.machphys_mapping max_mfn/,
    reason:
      'machphys_mapping: `max_mfn` is 0x7ffffffff, as on the recorded machine of `data/conformance`, not the last page of the machine under QEMU.',
  },
  {
    pattern: /^memory memory\.populate_physmap extent_start/,
    reason:
      'populate_physmap of a PV domain: which free machine frames Xen picks depends on the state of its heap; Fauxen picks the lowest.',
  },
];

/** The reason for an intended difference; undefined for one that is a bug. */
export function reasonOf(difference: Difference): string | undefined {
  const text = `${classOf(difference)} ${difference.words}`;
  return known.find(({ pattern }) => pattern.test(text))?.reason;
}
