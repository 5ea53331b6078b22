import { readFileSync } from 'node:fs';
import { examine } from '../../linux/process/examine.ts';
import { isProcess, threadGroup } from '../../linux/thread.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';

const LINE = /^([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) \S+ (\d+) +(.*)$/gm;

interface FileRange {
  readonly start: number;
  readonly end: number;
  /** Number in its file of the first page. */
  readonly page: number;
  readonly inode: number;
  readonly path: string;
}

/** A process's mappings; none if it has ended. */
function* rangesOf(pid: number): Generator<FileRange> {
  let maps: string;
  try {
    maps = examine(() => readFileSync(`/proc/${pid}/maps`, 'latin1'));
  } catch {
    return;
  }
  for (const [, start = '', end = '', offset = '', inode, path = ''] of maps.matchAll(LINE)) {
    const [from, to, at] = [start, end, offset].map((text) => Number.parseInt(text, 16)) as [number, number, number];
    yield { start: from, end: to, page: at / PAGE_SIZE, inode: Number(inode), path };
  }
}

/** The page numbers of a file that a process has mapped; none if it has ended. */
export function pagesMapped(pid: number, isFile: (path: string, inode: number) => boolean): Set<number> {
  const pages = new Set<number>();
  for (const { start, end, page, inode, path } of rangesOf(pid)) {
    if (!isFile(path, inode)) continue;
    for (let index = 0; index < (end - start) / PAGE_SIZE; index += 1) pages.add(page + index);
  }
  return pages;
}

/** Pages of a file that were mapped at an address of a process. */
export interface PlacedPages {
  readonly address: number;
  readonly inode: number;
  readonly pages: readonly number[];
}

/** Whether any of them is still mapped. */
export function isAnyThere(pid: number, placed: readonly PlacedPages[]): boolean {
  for (const { start, end, page, inode } of rangesOf(pid)) {
    for (const part of placed) {
      const first = Math.max(start, part.address);
      if (part.inode !== inode || first >= Math.min(end, part.address + part.pages.length * PAGE_SIZE)) continue;
      if (part.pages[(first - part.address) / PAGE_SIZE] === page + (first - start) / PAGE_SIZE) return true;
    }
  }
  return false;
}

/** The file offset of the process's mapping that starts at an address, for any file. */
export function fileOffsetAt(pid: number, address: number): number | undefined {
  for (const { start, page } of rangesOf(pid)) if (start === address) return page * PAGE_SIZE;
  return undefined;
}

/** The process that a thread belongs to; the thread id itself if that is unknown. */
export function processOf(tid: number): number {
  return isProcess(tid) ? tid : (threadGroup(tid) ?? tid);
}
