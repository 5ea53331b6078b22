// The raw records of a trace, little-endian. Each begins with its size and kind; its size is a multiple of 4.

import type { StructData } from '../xen/abi/layout.ts';
import type { Parameter } from '../xen/call/signatures.ts';

export const CALL = 1;
/** A Note as JSON: information for reading the calls that follow, written once. */
export const NOTE = 2;

/** Offsets in a call's record. Copies from memory follow: argument, phase, length (u8, u8, u16), bytes, padding to 4. */
export const at = {
  size: 0,
  kind: 4,
  depth: 5,
  wordSize: 6,
  guest: 7,
  /** Milliseconds since the epoch, when the call began. */
  time: 8,
  /** Duration of the call in the hypervisor, in microseconds. */
  micros: 16,
  tid: 24,
  domid: 28,
  result: 32,
  /** The id of the row's Note, 0 if the number has no row. */
  row: 40,
  call: 48,
  copies: 96,
} as const;

/** Memory from before the handler ran, and from after. */
export const BEFORE = 0;
export const AFTER = 1;

export const guestTypes = ['pv', 'pvh', 'hvm'] as const;

/** The parts of a sub-operation that a trace shows: with -v its struct, with -vv where it is defined. */
export interface SubOperationNote {
  readonly name: string;
  /** Its argument, and the position of the argument in the struct that the hypercall's argument points to. */
  readonly struct?: { readonly name: string; readonly data: StructData };
  readonly base?: number;
  /** Instead of the argument: a member of the union in the hypercall's struct. */
  readonly member?: string;
  readonly position?: string;
  /** For a user's own: "file:line". */
  readonly source?: string;
}

/** The parts of a row of the hypercall table that a trace shows. */
export interface RowNote {
  readonly type: 'row';
  readonly id: number;
  readonly number: number;
  readonly name: string;
  readonly status: string;
  readonly parameters: readonly Parameter[];
  readonly subOperations: Readonly<Record<number, SubOperationNote>>;
  readonly commandMask?: number;
  readonly countArgument?: number;
  /** For Xen's own, with -vv: where it is defined in Fauxen, as "file:line:column" of the running code. */
  readonly position?: string;
  /** For a user's hypercall: "file:line". */
  readonly source?: string;
}

export interface CallerNote {
  readonly type: 'caller';
  readonly tid: number;
  readonly pid: number;
  readonly comm: string;
}

export type Note =
  | { readonly type: 'start'; readonly xen: string; readonly dom0Bits: 32 | 64 }
  | { readonly type: 'lost'; readonly calls: number }
  | CallerNote
  | RowNote;
