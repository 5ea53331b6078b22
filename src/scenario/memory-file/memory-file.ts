import { closeSync, openSync } from 'node:fs';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';
import { readElf } from './elf.ts';
import { FileBytes, MemoryFileError } from './file-bytes.ts';
import { readLime } from './lime.ts';

/** Adjacent bytes of memory. */
export interface MemoryRun {
  /** Guest physical address. */
  readonly address: number;
  /** Bytes of memory. */
  readonly size: number;
  /** Where the first `length` of them are in the file; the others are zero. */
  readonly offset: number;
  readonly length: number;
}

export interface MemoryFile {
  readonly path: string;
  /** By address. */
  readonly runs: readonly MemoryRun[];
  /** struct vcpu_guest_context of each virtual CPU, if the file has it. */
  readonly contexts: readonly Uint8Array[];
}

/** Frames from `start` on. */
export interface FrameRun {
  readonly start: number;
  readonly pages: number;
}

/** Guest physical addresses have at most 48 bits here. */
const ADDRESS_END = 2 ** 48;

/** Reads what a file says about itself, not the memory. Throws MemoryFileError. */
export function openMemoryFile(path: string): MemoryFile {
  const fd = openFile(path);
  try {
    const file = new FileBytes(fd);
    const found = readElf(file) ?? readLime(file) ?? readRaw(file);
    const runs = found.runs.filter(({ size }) => size > 0).sort((a, b) => a.address - b.address);
    if (runs.length === 0) throw new MemoryFileError('has no memory in it');
    if (runs.some(({ address, size }) => !(address + size <= ADDRESS_END)))
      throw new MemoryFileError('has memory at addresses that no guest has');
    return { path, runs, contexts: found.contexts ?? [] };
  } finally {
    closeSync(fd);
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw new MemoryFileError(`cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function readRaw(file: FileBytes): { runs: MemoryRun[]; contexts?: never } {
  return { runs: [{ address: 0, size: file.size, offset: 0, length: file.size }] };
}

/** The frames that have some of the memory, ascending. */
export function framesOf({ runs }: MemoryFile): FrameRun[] {
  const frames: { start: number; pages: number }[] = [];
  for (const { address, size } of runs) {
    const start = Math.floor(address / PAGE_SIZE);
    const end = Math.ceil((address + size) / PAGE_SIZE);
    const last = frames.at(-1);
    if (last !== undefined && start <= last.start + last.pages) last.pages = Math.max(last.pages, end - last.start);
    else frames.push({ start, pages: end - start });
  }
  return frames;
}
