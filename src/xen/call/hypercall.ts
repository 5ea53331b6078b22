import type { ErrnoName } from '../errno.ts';
import type { Call } from './call.ts';
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

export interface SubOperation {
  readonly number: number;
  readonly name: string;
  readonly status: Status;
}

/** The rows of a hypercall's sub-operations, from their names and numbers. */
export function subOperationRows(
  numbers: readonly (readonly [name: string, number: number])[],
  statusOf: (name: string, number: number) => Status,
): SubOperation[] {
  return numbers.map(([name, number]) => ({ number, name, status: statusOf(name, number) }));
}

/** A row of the hypercall table. */
export interface Hypercall {
  readonly number: number;
  readonly name: string;
  /** How many arguments it takes (0 to 5 reach it through privcmd). */
  readonly args: number;
  readonly status: Status;
  readonly subOperations?: readonly SubOperation[];
  /** Only a PV domain has it: for others it is ENOSYS. */
  readonly pvOnly?: boolean;
  /** Of a user's own hypercall: its arguments. Those of Xen's own are in signatures.ts. */
  readonly parameters?: readonly Parameter[];
  /** Absent: answers ENOSYS, or the errno of an unsupported status. */
  readonly handler?: Handler;
  /** Where a user's own hypercall was defined: "file:line". */
  readonly source?: string;
}
