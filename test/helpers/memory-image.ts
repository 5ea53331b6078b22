/** The memory of a small machine in long mode, as files of several formats. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = 4096;
const IMAGE_PAGES = 64;
const KERNEL = 0xffffffff81000000n;
/** Physical addresses: four levels of page tables, code, stack. */
const TABLES = [0x1000, 0x2000, 0x3000, 0x4000] as const;
const CODE = 0x10000;
const STACK = 0x11000;
const CODE_BYTES = Buffer.from('0f1f440000f4ebfd', 'hex');
const STACK_WORDS = [KERNEL + 0x105n, 0x1122334455667788n];

/** KERNEL maps to the code, the page after it to the stack. */
export function memoryImage(): Buffer {
  const memory = Buffer.alloc(IMAGE_PAGES * PAGE);
  const entry = (table: number, index: number, address: number) =>
    memory.writeBigUInt64LE(BigInt(address) | 0x63n, table + 8 * index);
  entry(TABLES[0], 511, TABLES[1]);
  entry(TABLES[1], 510, TABLES[2]);
  entry(TABLES[2], 8, TABLES[3]);
  entry(TABLES[3], 0, CODE);
  entry(TABLES[3], 1, STACK);
  CODE_BYTES.copy(memory, CODE + 0x100);
  for (const [index, word] of STACK_WORDS.entries()) memory.writeBigUInt64LE(word, STACK + 0xf00 + 8 * index);
  memory.write('the last page', (IMAGE_PAGES - 1) * PAGE);
  return memory;
}

/** Ranges of the image that a file has: from `start` to before `end`, in pages. */
const RANGES = [
  [1, 32],
  [48, IMAGE_PAGES],
] as const;
export const RANGED_PAGES = 31 + 16;

export function writeImages(folder: string): void {
  const memory = memoryImage();
  const parts = RANGES.map(([start, end]) => memory.subarray(start * PAGE, end * PAGE));
  writeFileSync(join(folder, 'memory.raw'), memory);
  writeFileSync(join(folder, 'memory.lime'), Buffer.concat(parts.flatMap((part, index) => [limeHeader(index), part])));
  writeFileSync(join(folder, 'memory.elf'), Buffer.concat([elfHeaders(), ...parts]));
}

function limeHeader(index: number): Buffer {
  const [start, end] = RANGES[index] ?? [0, 0];
  const header = Buffer.alloc(32);
  header.writeUInt32LE(0x4c694d45, 0);
  header.writeUInt32LE(1, 4);
  header.writeBigUInt64LE(BigInt(start * PAGE), 8);
  header.writeBigUInt64LE(BigInt(end * PAGE - 1), 16);
  return header;
}

/** A core with a segment for each range, as kdump makes it. */
function elfHeaders(): Buffer {
  const headers = Buffer.alloc(64 + 56 * RANGES.length);
  headers.write('\x7fELF\x02\x01\x01', 'latin1');
  headers.writeUInt16LE(4, 16); // ET_CORE
  headers.writeUInt16LE(62, 18);
  headers.writeBigUInt64LE(64n, 32);
  headers.writeUInt16LE(56, 54);
  headers.writeUInt16LE(RANGES.length, 56);
  let offset = headers.length;
  for (const [index, [start, end]] of RANGES.entries()) {
    const at = 64 + 56 * index;
    const bytes = (end - start) * PAGE;
    headers.writeUInt32LE(1, at); // PT_LOAD
    for (const [position, value] of [offset, 0, start * PAGE, bytes, bytes].entries())
      headers.writeBigUInt64LE(BigInt(value), at + 8 + 8 * position);
    offset += bytes;
  }
  return headers;
}
