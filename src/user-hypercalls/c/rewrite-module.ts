// Changes a module compiled by clang in two ways.
//
// Each memory access gets a check, since NULL and the caller's pointers are not the module's memory. The compiler's loads and stores become
// calls of the functions fauxen_op_NN of include/runtime/access.c, where NN is the instruction's opcode.
//
// Its table of functions has 32-bit indices: clang 19 and later make them 64 bits wide, which Node before 24 does not know.

import { Bytes, Reader } from './wasm-bytes.ts';

/** Loads and stores of integers; Xen has no floating point. */
const FIRST_ACCESS = 0x28;
const LAST_ACCESS = 0x3e;
const isFloat = (opcode: number) => [0x2a, 0x2b, 0x38, 0x39].includes(opcode);

/** Constants, comparisons, arithmetic and conversions of f32 and f64, and their loads and stores (core specification, 5.4). */
const FLOATING: readonly [first: number, last: number][] = [
  [0x43, 0x44],
  [0x5b, 0x66],
  [0x8b, 0xa6],
  [0xa8, 0xab],
  [0xae, 0xbf],
];
const isFloatingPoint = (opcode: number) =>
  isFloat(opcode) || FLOATING.some(([first, last]) => opcode >= first && opcode <= last);

/** The opcodes that have a function, and its name. */
export const accessFunctions: ReadonlyMap<number, string> = new Map(
  Array.from({ length: LAST_ACCESS - FIRST_ACCESS + 1 }, (_, index) => FIRST_ACCESS + index)
    .filter((opcode) => !isFloat(opcode))
    .map((opcode) => [opcode, `fauxen_op_${opcode.toString(16)}`]),
);

/** Functions that check a whole range themselves. */
export const uncheckedFunctions: readonly string[] = ['fauxen_raw_copy', 'fauxen_raw_fill'];

/** Sections, by their numbers. */
const IMPORTS = 2;
const TABLES = 4;
const EXPORTS = 7;
const ELEMENTS = 9;
const CODE = 10;
/** The flag of a table with 64-bit indices. */
const IS_WIDE = 4;
const I32_CONST = 0x41;
const I32_WRAP_I64 = 0xa7;
const CALL_INDIRECT = 0x11;
const I64_CONST = 0x42;
const CALL = 0x10;

export interface Rewritten {
  readonly module: Uint8Array<ArrayBuffer>;
  /** Functions with floating-point instructions, which Xen's build refuses. */
  readonly floating: readonly string[];
}

/** The module, changed. `wasm` exports the functions of accessFunctions. */
export function rewriteModule(wasm: Uint8Array<ArrayBuffer>): Rewritten {
  const reader = new Reader(wasm);
  const out = new Bytes();
  out.copy(reader.take(8));
  let imported = 0;
  let isWide = false;
  let exported = new Map<string, number>(); // name → index of the function
  const floating = new Set<number>();
  let names = new Map<number, string>();
  while (!reader.atEnd) {
    const id = reader.byte();
    const content = reader.take(reader.unsigned());
    if (id === 0) {
      const custom = new Reader(content);
      const name = custom.name();
      if (name.startsWith('.debug')) continue; // offsets into the code that was
      if (name === 'name') names = functionNames(custom);
    }
    if (id === IMPORTS) imported = new Reader(content).unsigned(); // functions: a module of ours imports nothing else
    if (id === EXPORTS) exported = exportedFunctions(new Reader(content));
    let section = content;
    if (id === TABLES) ({ section, isWide } = narrowTables(new Reader(content)));
    if (id === ELEMENTS && isWide) section = narrowElements(new Reader(content));
    if (id === CODE) section = rewriteCode(new Reader(content), { imported, exported, isWide, floating });
    out.byte(id);
    out.unsigned(section.length);
    out.copy(section);
  }
  return { module: out.bytes(), floating: [...floating].map((index) => names.get(index) ?? `function ${index}`) };
}

/** The custom section `name` (WebAssembly core specification, appendix): subsection 1 names functions. */
function functionNames(reader: Reader): Map<number, string> {
  const names = new Map<number, string>();
  while (!reader.atEnd) {
    const kind = reader.byte();
    const content = new Reader(reader.take(reader.unsigned()));
    if (kind !== 1) continue;
    for (let count = content.unsigned(); count > 0; count -= 1) names.set(content.unsigned(), content.name());
  }
  return names;
}

/** The module's one table, of functions. */
function narrowTables(reader: Reader): { section: Uint8Array; isWide: boolean } {
  const out = new Bytes();
  out.unsigned(reader.unsigned());
  out.byte(reader.byte()); // the type of its entries
  const flags = reader.byte();
  out.byte(flags & ~IS_WIDE);
  out.copy(reader.rest());
  return { section: out.bytes(), isWide: (flags & IS_WIDE) !== 0 };
}

/** Segments of the table, each beginning at a constant. */
function narrowElements(reader: Reader): Uint8Array {
  const out = new Bytes();
  const count = reader.unsigned();
  out.unsigned(count);
  for (let index = 0; index < count; index += 1) {
    const kind = reader.unsigned();
    if (kind !== 0) throw new Error(`a segment of functions that Fauxen does not know: ${kind}`);
    out.unsigned(kind);
    if (reader.byte() !== I64_CONST) throw new Error('a segment of functions does not begin at a constant');
    out.byte(I32_CONST);
    out.bigSigned(reader.bigSigned());
    out.byte(reader.byte()); // end
    const functions = reader.unsigned();
    out.unsigned(functions);
    for (let each = 0; each < functions; each += 1) out.unsigned(reader.unsigned());
  }
  return out.bytes();
}

function exportedFunctions(reader: Reader): Map<string, number> {
  const functions = new Map<string, number>();
  for (let count = reader.unsigned(); count > 0; count -= 1) {
    const name = reader.name();
    const kind = reader.byte();
    const index = reader.unsigned();
    if (kind === 0) functions.set(name, index);
  }
  return functions;
}

interface CodeContext {
  readonly imported: number;
  readonly exported: ReadonlyMap<string, number>;
  readonly isWide: boolean;
  /** Gets the indexes of functions with floating point. */
  readonly floating: Set<number>;
}

function rewriteCode(reader: Reader, { imported, exported, isWide, floating }: CodeContext): Uint8Array {
  const targets = new Map([...accessFunctions].map(([opcode, name]) => [opcode, exported.get(name) as number])); // build() exports all
  const own = new Set([...targets.values(), ...uncheckedFunctions.map((name) => exported.get(name))]);
  const out = new Bytes();
  const count = reader.unsigned();
  out.unsigned(count);
  for (let index = 0; index < count; index += 1) {
    const body = reader.take(reader.unsigned());
    const changed = rewriteBody(new Reader(body), own.has(imported + index) ? new Map() : targets, isWide, () =>
      floating.add(imported + index),
    );
    out.unsigned(changed.length);
    out.copy(changed);
  }
  return out.bytes();
}

function rewriteBody(
  reader: Reader,
  targets: ReadonlyMap<number, number>,
  isWide: boolean,
  onFloat: () => void,
): Uint8Array {
  const out = new Bytes();
  for (let groups = reader.unsigned(); groups > 0; groups -= 1) {
    reader.unsigned(); // how many locals
    reader.byte(); // of this type
  }
  out.copy(reader.taken(0));
  while (!reader.atEnd) {
    const start = reader.at;
    const opcode = reader.byte();
    const target = targets.get(opcode);
    if (target === undefined) {
      if (isFloatingPoint(opcode)) onFloat();
      if (opcode === CALL_INDIRECT && isWide) out.byte(I32_WRAP_I64); // its index is the last thing pushed
      skipOperands(reader, opcode);
      out.copy(reader.taken(start));
      continue;
    }
    reader.unsigned(); // alignment
    const offset = reader.bigUnsigned();
    out.byte(I64_CONST);
    out.bigSigned(offset);
    out.byte(CALL);
    out.unsigned(target);
  }
  return out.bytes();
}

/** Skips an instruction's operands (WebAssembly core specification, 5.4). Throws for an instruction that clang does not emit. */
function skipOperands(reader: Reader, opcode: number): void {
  if (opcode >= FIRST_ACCESS && opcode <= LAST_ACCESS) {
    reader.unsigned();
    reader.bigUnsigned();
  } else if (opcode >= 0x02 && opcode <= 0x04)
    reader.bigSigned(); // block, loop, if: a type
  else if (opcode === 0x0c || opcode === 0x0d || opcode === CALL || (opcode >= 0x20 && opcode <= 0x26))
    reader.unsigned();
  else if (opcode === 0x0e)
    for (let labels = reader.unsigned(); labels >= 0; labels -= 1) reader.unsigned(); // br_table, and its default
  else if (opcode === CALL_INDIRECT) {
    reader.unsigned(); // call_indirect: type and table
    reader.unsigned();
  } else if (opcode === 0x3f || opcode === 0x40) reader.byte();
  else if (opcode === I32_CONST || opcode === I64_CONST) reader.bigSigned();
  else if (opcode === 0x43) reader.take(4);
  else if (opcode === 0x44) reader.take(8);
  else if (opcode > 0xc4) throw new Error(`an instruction that Fauxen does not know: 0x${opcode.toString(16)}`);
}
