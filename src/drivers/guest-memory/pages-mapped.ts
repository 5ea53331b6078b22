import { readFileSync } from 'node:fs';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';

const LINE = /^([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) \S+ (\d+) +(.*)$/gm;

/** Which pages of a file a process has mapped, by their numbers in it; none if it has ended. */
export function pagesMapped(pid: number, isFile: (path: string, inode: number) => boolean): Set<number> {
  const pages = new Set<number>();
  let maps: string;
  try {
    maps = readFileSync(`/proc/${pid}/maps`, 'latin1');
  } catch {
    return pages;
  }
  for (const [, start = '', end = '', offset = '', inode, path = ''] of maps.matchAll(LINE)) {
    if (!isFile(path, Number(inode))) continue;
    const count = (Number.parseInt(end, 16) - Number.parseInt(start, 16)) / PAGE_SIZE;
    const first = Number.parseInt(offset, 16) / PAGE_SIZE;
    for (let index = 0; index < count; index += 1) pages.add(first + index);
  }
  return pages;
}

/** The process that a thread belongs to; the thread itself if that cannot be told. */
export function processOf(tid: number): number {
  try {
    return Number(/^Tgid:\s+(\d+)/m.exec(readFileSync(`/proc/${tid}/status`, 'latin1'))?.[1] ?? tid);
  } catch {
    return tid;
  }
}
