import type { Abi } from '../abi/abi.ts';
import type { ArgumentPlace, Handler, Status, SubOperation } from './hypercall.ts';
import { type Place, placeOfCaller } from './place.ts';

/** What stands behind a row of the table: a handler, or a family of operations. */
export interface Service {
  readonly status: Status;
  /** Where it is defined. */
  readonly place: Place;
  /** In C an operation's number is PREFIX_name: XEN_DOMCTL_pausedomain. */
  readonly prefix?: string;
  /** A family's operations, of all releases. */
  readonly operations?: readonly { readonly name: string }[];
  /** Makes it for a release; `others` are releases whose interface versions it is to serve, too. */
  bind(abi: Abi, others: readonly Abi[]): Bound;
}

/** What a service adds to a row in one release. */
export interface Bound {
  readonly handler?: Handler;
  readonly subOperations?: readonly SubOperation[];
  /** The bits of the first argument that are the command; absent: 32. */
  readonly commandMask?: number;
  readonly argumentAt?: ArgumentPlace;
  /** The argument that says how many structs the operation takes; absent: one. */
  readonly countArgument?: number;
}

/**
 * A hypercall without sub-operations: its handler, or what makes one for a release; neither where the errno of its status is all
 * that it answers.
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
