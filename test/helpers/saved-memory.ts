/** The guest's pages in a file from xl save, by frame: libxc's migration stream, version 3 (docs/specs/libxc-migration-stream in Xen). */
import { readFileSync } from 'node:fs';

const PAGE = 4096;
/** An image header starts with 64 set bits and this text; a domain header of 16 bytes follows its 24. */
const START = Buffer.concat([Buffer.alloc(8, 0xff), Buffer.from('XENF')]);
const HEADERS = 24 + 16;
const [END, PAGE_DATA] = [0, 1];
/** A frame number has 52 bits; above them is the frame's type, which is 0 for RAM. */
const FRAME = (1n << 52n) - 1n;

export function savedMemory(path: string): Map<number, Buffer> {
  const bytes = readFileSync(path);
  const pages = new Map<number, Buffer>();
  let at = bytes.indexOf(START) + HEADERS;
  for (;;) {
    const [type, length] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    if (type === END) return pages;
    if (type === PAGE_DATA) {
      const count = bytes.readUInt32LE(at + 8);
      let page = at + 16 + 8 * count;
      for (let index = 0; index < count; index += 1) {
        const frame = bytes.readBigUInt64LE(at + 16 + 8 * index);
        if (frame > FRAME) continue;
        pages.set(Number(frame), bytes.subarray(page, page + PAGE));
        page += PAGE;
      }
    }
    at += 8 + Math.ceil(length / 8) * 8;
  }
}
