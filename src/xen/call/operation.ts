import type { Abi } from '../abi/abi.ts';
import type { Field, Struct } from '../abi/layout.ts';
import type { Family } from './family.ts';
import type { Status } from './hypercall.ts';
import type { OperationRequest } from './operation-request.ts';
import { type Place, placeOfCaller } from './place.ts';

/**
 * Performs an operation: 0 or more, or -errno. Synchronous, as Xen is; where programs call often, it allocates nothing.
 */
export type Perform<R extends OperationRequest = OperationRequest> = (request: R) => number;

/** What an operation looks up once per release, not once per call. */
export interface Layout {
  readonly abi: Abi;
  /** The struct that `request.view` holds: the operation's own, or the one with the union. */
  readonly struct: Struct;
  /**
   * A field of the operation's argument. Throws RangeError if the release lacks the field: the operation then does not exist in that
   * release.
   */
  field(path: string): Field;
  /** The same, but undefined if the release lacks the field. */
  optional(path: string): Field | undefined;
}

/** One sub-operation of a hypercall: XEN_DOMCTL_pausedomain, SCHEDOP_poll, ... */
export interface Description<R extends OperationRequest = OperationRequest> {
  /** As in the header, without the prefix: the release's ABI has the number. */
  readonly name: string;
  /** How far it answers as Xen does. An unsupported operation needs no handler, and answers the errno of its status. */
  readonly status: Status;
  /** Its status in a release that answers differently; undefined for the others. */
  readonly statusIn?: (abi: Abi) => Status | undefined;
  /**
   * The struct that it takes: by its name in the ABI, or its layout (stableLayout) if it is the same in all releases. In a family whose
   * struct has a union: the union's member. Absent: it takes no struct.
   */
  readonly argument?: string | Struct;
  /**
   * How the struct travels. 'in': from the caller before the handler runs (the default). 'out': to the caller, unless the handler
   * fails; zeroes before. 'both': in, and out unless it fails. 'always': in, and out whatever the result. 'itself': the handler
   * copies. A copy that fails is EFAULT.
   */
  readonly copies?: 'in' | 'out' | 'both' | 'always' | 'itself';
  /** In a family with interface versions: the version that this operation has in every release. */
  readonly interfaceVersion?: number;
  /** What Xen checks before it reads the argument: 0 to go on, or -errno. */
  readonly before?: Perform<R>;
  /** Makes the handler for a release: looks its fields up, and may have state. */
  readonly bind?: (layout: Layout) => Perform<R>;
  /** Used instead of `bind` if there is nothing to look up. */
  readonly handler?: Perform<R>;
}

/** `T`: the additional properties that a family requires of its operations. */
export type Operation<R extends OperationRequest = OperationRequest, T extends object = object> = Description<R> &
  T & {
    readonly family: Family<R, T>;
    /** The source location of its description, shown to readers of the hypercall table. */
    readonly place: Place;
  };

/** Defines a sub-operation. A program can call it once it is in a list that its family's hypercall serves. */
export function operation<R extends OperationRequest, T extends object>(
  definition: { readonly family: Family<R, T> } & Description<NoInfer<R>> & NoInfer<T>,
): Operation<R, T> {
  const { family, name, status, bind, handler } = definition;
  if (bind === undefined && handler === undefined && status.kind !== 'unsupported') {
    throw new TypeError(`${family.name} ${name} has neither bind nor handler, and its status is not unsupported`);
  }
  return { ...definition, place: placeOfCaller(operation) };
}
