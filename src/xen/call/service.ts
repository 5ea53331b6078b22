import type { Abi } from '../abi/abi.ts';
import type { Call } from './call.ts';
import type { ArgumentPlace, Handler, Status, SubOperation } from './hypercall.ts';
import { type Place, placeOfCaller } from './place.ts';

/** What serves a row of the table: a handler, or a family of operations. */
export interface Service {
  readonly status: Status;
  /** Where it is defined. */
  readonly place: Place;
  /** Prefix of the operations' names in C, as in XEN_DOMCTL_pausedomain. */
  readonly prefix?: string;
  /** A family's operations, of all releases. */
  readonly operations?: readonly { readonly name: string }[];
  /** Makes it for a release. `others`: releases whose interface versions it also serves. */
  bind(abi: Abi, others: readonly Abi[]): Bound;
}

/** The properties that a service adds to a row in one release. */
export interface Bound {
  readonly handler?: Handler;
  readonly subOperations?: readonly SubOperation[];
  /** The bits of the first argument that are the command; absent: 32. */
  readonly commandMask?: number;
  /** Reads the command, if it is in neither; negative: -errno. */
  readonly command?: (call: Call) => number;
  readonly argumentAt?: ArgumentPlace;
  /** The argument with the number of structs that the operation takes; absent: one. */
  readonly countArgument?: number;
}

/**
 * A hypercall without sub-operations: its handler, or a function that makes one for a release; neither if it always answers the errno of
 * its status.
 */
export function service(status: Status, serving?: Handler | { bind(abi: Abi): Handler }): Service {
  return {
    status,
    place: placeOfCaller(service),
    bind(abi) {
      const handler = typeof serving === 'object' ? serving.bind(abi) : serving;
      return handler === undefined ? {} : { handler };
    },
  };
}
