import { closeSync, openSync, readSync } from 'node:fs';
import type { DomainMemory } from '../../xen/memory/domain-memory.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';
import type { MemoryFile } from './memory-file.ts';

const CHUNK = 2 ** 20;
const zeroes = Buffer.alloc(PAGE_SIZE);

/** Copies a file's memory to a domain, which has a page for each of its frames. Pages of zeroes take no memory. Throws RangeError. */
export function fillMemory(memory: DomainMemory, { path, runs }: MemoryFile): void {
  const fd = openSync(path, 'r');
  const chunk = Buffer.alloc(CHUNK);
  try {
    for (const { address, offset, length } of runs) {
      for (let done = 0; done < length; ) {
        // The next chunk begins with a page.
        const wanted = Math.min(length - done, CHUNK - ((address + done) % PAGE_SIZE));
        const count = readSync(fd, chunk, 0, wanted, offset + done);
        if (count <= 0) throw new RangeError(`${path} became shorter while it was read`);
        writeChunk(memory, address + done, chunk.subarray(0, count));
        done += count;
      }
    }
  } finally {
    closeSync(fd);
  }
}

function writeChunk(memory: DomainMemory, address: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    const within = (address + at) % PAGE_SIZE;
    const part = bytes.subarray(at, at + PAGE_SIZE - within);
    at += part.length;
    if (part.equals(zeroes.subarray(0, part.length))) continue;
    if (!memory.writeFrame((address + at - part.length - within) / PAGE_SIZE, within, part))
      throw new RangeError('its memory does not fit into the memory of this machine');
  }
}
