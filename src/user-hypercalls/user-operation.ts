import type { Struct } from '../xen/abi/layout.ts';
import type { Xen } from './xen.ts';

/** A command of the user's own in one of Xen's hypercalls. */
export interface UserOperation {
  /** The hypercall's name: domctl, xen_version … */
  readonly of: string;
  /** As in XEN_DOMCTL_name: what stands behind the prefix. */
  readonly name: string;
  readonly number: number;
  /** Answers the call, once the hypercall's own checks have let it through. */
  readonly handler: (xen: Xen) => unknown;
  /** "file:line" of its definition. */
  readonly source: string | undefined;
  /** The struct that it takes by pointer, for traces. */
  readonly argument?: Struct | undefined;
}
