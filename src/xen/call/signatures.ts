import type { StructData } from '../abi/layout.ts';
import type { Hypercall } from './hypercall.ts';

/** An argument as a trace or an explanation shows it. */
export interface Parameter {
  readonly name: string;
  /** How to show it: a number, an address in the caller, or the data at that address. */
  readonly kind: 'number' | 'signed' | 'pointer' | 'string' | 'bytes' | 'struct' | 'command';
  /** Of a struct: its name in C. */
  readonly struct?: string;
  /** Of a struct that depends on the command, the first argument: the sub-operation has it. */
  readonly byCommand?: true;
  /** For a struct that a user declared: the positions of its fields. */
  readonly layout?: StructData;
  /** Of bytes: their count, or the index of the argument that has it. */
  readonly length?: number | { readonly argument: number };
}

/**
 * Arguments as the table writes them, separated by blanks. `*` marks a pointer, `*name` a pointer to that struct, `=` a pointer to the
 * command's struct, `:` a command (named by the row's sub-operations), `"n` text whose length is argument n.
 */
export function parameters(signature: string): readonly Parameter[] {
  return signature.split(' ').filter(Boolean).map(parse);
}

/** The arguments of a number without a row: only their count is known. */
const anyArguments = parameters('arg1 arg2 arg3 arg4 arg5');

export function signatureOf(row: Hypercall | undefined): readonly Parameter[] {
  return row?.parameters ?? anyArguments;
}

function parse(text: string): Parameter {
  const [, name = text, mark = '', rest = ''] = /^(\w+)([*:="])?(\w*)$/.exec(text) ?? [];
  if (mark === '*') return rest === '' ? { name, kind: 'pointer' } : { name, kind: 'struct', struct: rest };
  if (mark === '=') return { name, kind: 'struct', byCommand: true };
  if (mark === ':') return { name, kind: 'command' };
  if (mark === '"') return { name, kind: 'bytes', length: { argument: Number(rest) } };
  return { name, kind: 'number' };
}
