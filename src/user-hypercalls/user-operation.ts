import type { Struct } from '../xen/abi/layout.ts';
import type { StructType } from './struct.ts';
import type { Xen } from './xen.ts';

/** A user-defined command of one of Xen's hypercalls. */
export interface UserOperation {
  /** The hypercall's name: domctl, xen_version … */
  readonly of: string;
  /** The part after the prefix, as in XEN_DOMCTL_name. */
  readonly name: string;
  readonly number: number;
  /** Handles the call after the hypercall's own checks. `address`: address of its struct in the caller. */
  readonly handler: (xen: Xen, address: number) => unknown;
  /** "file:line" of its definition. */
  readonly source: string | undefined;
  /** The struct that it takes, for traces. */
  readonly argument?: Struct | undefined;
  /** The same, for headers, if it was declared in TypeScript. */
  readonly struct?: StructType<unknown> | undefined;
}
