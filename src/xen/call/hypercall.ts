import type { Struct } from '../abi/layout.ts';
import type { ErrnoName } from '../errno.ts';
import type { Call } from './call.ts';
import type { Place } from './place.ts';
import type { Parameter } from './signatures.ts';

/** How far a hypercall or sub-operation answers as Xen does. The documentation's table is made from this. */
export type Status =
  | { kind: 'supported' }
  | { kind: 'partial'; missing: string }
  | { kind: 'unsupported'; errno: ErrnoName; why: string };

export const supported: Status = { kind: 'supported' };
export const partial = (missing: string): Status => ({ kind: 'partial', missing });
export const unsupported = (errno: ErrnoName, why: string): Status => ({ kind: 'unsupported', errno, why });

/**
 * Answers a hypercall: zero or more, or -errno. Values beyond 2^53 are bigint. Handlers are synchronous, as Xen's are;
 * `call` is reused, so nothing may keep it.
 */
export type Handler = (call: Call) => number | bigint;

/** A row of a hypercall's sub-operations. */
export interface SubOperation {
  readonly number: number;
  readonly name: string;
  readonly status: Status;
  /** The struct that it takes, and where in what the hypercall's argument points to. */
  readonly argument?: Struct | undefined;
  readonly base?: number;
  /** Instead of the struct, if the hypercall's struct has a union with its layout: the union's member. */
  readonly member?: string;
  /** Where it is defined; absent if it has only a row. */
  readonly place?: Place;
  /** Of a user's own: where it was defined, "file:line". */
  readonly source?: string | undefined;
  /** Of a user's own: whether a call of it has succeeded. */
  readonly hasSucceeded?: (() => boolean) | undefined;
}

/** The position of a sub-operation's struct in the memory that an argument of the hypercall points to. Sizes in bytes. */
export interface ArgumentPlace {
  readonly argument: number;
  /** Of a union: where it starts. */
  readonly offset: number;
  /** Of a union: how large it is. */
  readonly room?: number;
  /** Its address, if the argument points to something else. */
  readonly address?: (call: Call) => number;
}

/** Whether a kind of guest has a hypercall: for a guest that does not, it is ENOSYS. */
export type Column = 'do' | '-';

/** A row of the hypercall table. */
export interface Hypercall {
  readonly number: number;
  readonly name: string;
  /** Absent: both kinds of guest have it. PVH is HVM here. */
  readonly pv?: Column;
  readonly hvm?: Column;
  /** Its arguments, at most five through privcmd. */
  readonly parameters: readonly Parameter[];
  readonly status: Status;
  readonly subOperations?: readonly SubOperation[];
  /** The bits of the first argument that are the sub-operation's number; absent: 32. */
  readonly commandMask?: number;
  /** Reads the command, if it is neither the first argument nor at its address; negative: -errno. */
  readonly command?: (call: Call) => number;
  readonly argumentAt?: ArgumentPlace;
  /** The argument with the number of structs that a sub-operation takes; absent: one. */
  readonly countArgument?: number;
  /** Absent: answers ENOSYS, or the errno of an unsupported status. */
  readonly handler?: Handler;
  /** For Xen's own: where in Fauxen its code is defined. */
  readonly place?: Place;
  /** Of a user's own: where it was defined, "file:line". */
  readonly source?: string;
  /** Of a user's own: whether a call of it has succeeded. */
  readonly hasSucceeded?: (() => boolean) | undefined;
}
