/** Reads what xl dump-core writes, as analysis tools do. */
import { readFileSync } from 'node:fs';

const PAGE = 4096;
/** Section headers of a 64-bit ELF file. */
const HEADER_BYTES = 64;

export class CoreFile {
  readonly #bytes: Buffer;
  readonly #sections = new Map<string, Buffer>();

  constructor(path: string) {
    const bytes = readFileSync(path);
    this.#bytes = bytes;
    const table = Number(bytes.readBigUInt64LE(40));
    const header = (index: number) => bytes.subarray(table + index * HEADER_BYTES, table + (index + 1) * HEADER_BYTES);
    const content = (index: number) => {
      const at = Number(header(index).readBigUInt64LE(24));
      return bytes.subarray(at, at + Number(header(index).readBigUInt64LE(32)));
    };
    const names = content(bytes.readUInt16LE(62));
    for (let index = 1; index < bytes.readUInt16LE(60); index += 1) {
      const name = header(index).readUInt32LE(0);
      this.#sections.set(names.toString('latin1', name, names.indexOf(0, name)), content(index));
    }
  }

  get bytes(): number {
    return this.#bytes.length;
  }

  section(name: string): Buffer {
    return this.#sections.get(name) ?? Buffer.alloc(0);
  }

  /** The page at an index of .xen_pages. */
  page(index: number): Buffer {
    return this.section('.xen_pages').subarray(index * PAGE, (index + 1) * PAGE);
  }

  /** Guest frames of a translated guest, in the order of the pages. */
  get frames(): number[] {
    return words(this.section('.xen_pfn')).map(Number);
  }

  /** Guest frame and machine frame of each page of a PV guest. */
  get pairs(): [number, number][] {
    const all = words(this.section('.xen_p2m')).map(Number);
    return Array.from({ length: all.length / 2 }, (_, index) => [all[2 * index] ?? 0, all[2 * index + 1] ?? 0]);
  }
}

/** The 64-bit words of bytes. */
export const words = (bytes: Uint8Array): bigint[] => [...new BigUint64Array(Uint8Array.from(bytes).buffer)];
