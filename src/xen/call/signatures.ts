import type { StructData } from '../abi/layout.ts';
import type { Hypercall } from './hypercall.ts';

/** An argument as a trace or an explanation shows it. */
export interface Parameter {
  readonly name: string;
  /** How to show it: a number, an address in the caller, or what lies at that address. */
  readonly kind: 'number' | 'signed' | 'pointer' | 'string' | 'bytes' | 'struct' | 'command';
  /** Of a struct: its name in C. */
  readonly struct?: string;
  /** Of a struct that depends on the command, the first argument: the sub-operation has it. */
  readonly byCommand?: true;
  /** Of a struct that a user declared: where its fields lie. */
  readonly layout?: StructData;
  /** Of bytes: their count, or the index of the argument that has it. */
  readonly length?: number | { readonly argument: number };
}

/**
 * Arguments as the table writes them, with blanks between. `*` marks a pointer, `*name` one to that struct, `=` one to the struct of
 * the command, `:` a command, which the row's sub-operations name, `"n` text whose length is argument n.
 */
export function parameters(signature: string): readonly Parameter[] {
  return signature.split(' ').filter(Boolean).map(parse);
}

/** What is known of the arguments of a number without a row: nothing but how many reach Xen. */
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
