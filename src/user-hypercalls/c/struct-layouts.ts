// Asks clang for the layout of types, for the trace: the fields of a struct, their offsets and sizes.

import { spawnSync } from 'node:child_process';
import { Struct, type StructData } from '../../xen/abi/layout.ts';
import { type AddedHeaders, COMPILER_TIMEOUT, prepared } from './build.ts';

/** A type in C, and the name that a struct of it has in traces. */
export interface WantedType {
  readonly type: string;
  readonly name: string;
}

const WRAPPER = 'fauxen_layout_';

/**
 * The layouts of those types that are structs or unions, in their order; undefined for others. `text` declares them. Only traces use the
 * layouts, so a failure of the compiler is not an error: there are then none.
 */
export function structLayouts(
  file: string,
  text: string,
  wanted: readonly (WantedType | undefined)[],
  added: AddedHeaders = {},
): (Struct | undefined)[] {
  if (wanted.every((each) => each === undefined)) return wanted.map(() => undefined);
  // A wrapper has a name by which it is found, even if the type has none.
  const wrappers = wanted.map((each, index) =>
    each === undefined
      ? ''
      : `struct ${WRAPPER}${index} { ${each.type} it; };\nextern char fauxen_size_${index}[sizeof(struct ${WRAPPER}${index})];\n`,
  );
  const { stdout = '' } = prepared(file, text, added, (compiler) =>
    spawnSync('clang', [...compiler, '-w', '-fsyntax-only', '-Xclang', '-fdump-record-layouts', '-x', 'c', '-'], {
      input: `${text}\n#line 1 "fauxen"\n${wrappers.join('')}`,
      encoding: 'utf8',
      timeout: COMPILER_TIMEOUT,
    }),
  );
  const dumps = new Map(
    stdout.split('*** Dumping AST Record Layout').map((dump) => [/\| struct (\w+)/.exec(dump)?.[1] ?? '', dump]),
  );
  return wanted.map((each, index) => {
    const dump = dumps.get(`${WRAPPER}${index}`);
    const data = each && layoutIn(dump ?? '');
    return each === undefined || data === undefined ? undefined : new Struct(each.name, data);
  });
}

/** Bytes of the types that public headers use. */
const sizes: Readonly<Record<string, number>> = {
  ...{
    char: 1,
    'signed char': 1,
    'unsigned char': 1,
    bool: 1,
    _Bool: 1,
    bool_t: 1,
    uint8_t: 1,
    int8_t: 1,
    u8: 1,
    s8: 1,
  },
  ...{ short: 2, 'unsigned short': 2, uint16_t: 2, int16_t: 2, u16: 2, s16: 2, domid_t: 2 },
  ...{ int: 4, unsigned: 4, 'unsigned int': 4, uint32_t: 4, int32_t: 4, u32: 4, s32: 4 },
  ...{ long: 8, 'unsigned long': 8, uint64_t: 8, int64_t: 8, u64: 8, s64: 8, uint64_aligned_t: 8, int64_aligned_t: 8 },
};

interface Entry {
  /** Bytes from the start; undefined for a bit-field, which a trace does not show. */
  readonly offset: number | undefined;
  readonly depth: number;
  readonly type: string;
  readonly name: string;
}

/** The fields of a wrapper's only member. */
function layoutIn(dump: string): StructData | undefined {
  const size = Number(/\[sizeof=(\d+)/.exec(dump)?.[1]);
  const entries = [...dump.matchAll(/^ *(\d+)(:[\d-]+)? \|( +)(.+)$/gm)].map(
    ([, offset, bits, indent = '', text = '']): Entry => {
      const [, type = text, name = ''] = /^(.*[^\w)]|.*\) )(\w+)$/.exec(text) ?? [];
      return { offset: bits === undefined ? Number(offset) : undefined, depth: indent.length, type: type.trim(), name };
    },
  );
  const fields: StructData['fields'] = {};
  const path: { depth: number; name: string }[] = [];
  const [, member, ...inner] = entries;
  if (member === undefined || inner.length === 0) return undefined;
  for (const [index, { offset, depth, type, name }] of inner.entries()) {
    while ((path.at(-1)?.depth ?? -1) >= depth) path.pop();
    const isHandle = /__guest_handle/.test(type);
    const inHandle = path.some((each) => each.name === HANDLE);
    const full = [...path.map((each) => each.name), name].filter((each) => each !== '' && each !== HANDLE).join('.');
    path.push({ depth, name });
    if (inHandle || offset === undefined) continue;
    if (isHandle) path.push({ depth: depth + 0.5, name: HANDLE }); // its only member is the pointer
    const isLeaf = (inner[index + 1]?.depth ?? 0) <= depth;
    if (!isLeaf && !isHandle) continue;
    const next = inner.map((each) => each.offset ?? size).filter((each) => each > offset);
    fields[full] = [
      offset,
      isHandle ? 8 : (sizeOf(type) ?? Math.min(size, ...next) - offset),
      isHandle ? 'void *' : type,
    ];
  }
  return Object.keys(fields).length === 0 ? undefined : { size, fields };
}

const HANDLE = '(handle)';

function sizeOf(type: string): number | undefined {
  if (type.endsWith('*')) return 8;
  const [, base = '', dimensions = ''] = /^(?:const )?(.*?)((?:\[\d+\])*)$/.exec(type) ?? [];
  const count = [...dimensions.matchAll(/\d+/g)].reduce((product, [number]) => product * Number(number), 1);
  const one = base.trim().startsWith('enum ') ? 4 : sizes[base.trim()];
  return one === undefined ? undefined : one * count;
}

/** Splits values into rows of the same lengths as those of `table`: one value for each of its cells. */
export function inRows<T>(values: readonly T[], table: readonly (readonly unknown[])[]): (T | undefined)[][] {
  let next = 0;
  return table.map((row) => row.map(() => values[next++]));
}
