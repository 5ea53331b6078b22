import { readFileSync } from 'node:fs';
import { errno } from '../linux/errno.ts';
import { close } from '../linux/io.ts';
import { openFile } from '../linux/open-file.ts';
import { examine } from '../linux/process/examine.ts';
import { type QueriedMapping, queryMapping, VMA } from '../linux/process/procmap.ts';
import { withPtraceRight } from '../linux/process/ptrace-right.ts';

/** One mapping of a process, as /proc/PID/maps shows it. */
export interface Mapping {
  readonly start: number;
  /** First address after the mapping. */
  readonly end: number;
  /** PROT_* bits, as mmap takes them. */
  readonly protection: number;
  readonly shared: boolean;
  /** Offset in the file at which the mapping starts. */
  readonly offset: number;
  /** Path of the file as the process sees it, without " (deleted)"; empty for anonymous memory. */
  readonly path: string;
}

const PROTECTION = VMA.READABLE | VMA.WRITABLE | VMA.EXECUTABLE;
const LINE = /^([0-9a-f]+)-([0-9a-f]+) ([r-])([w-])([x-])([sp]) ([0-9a-f]+) \S+ \d+ *(.*)$/gm;

/** Set once the kernel turns out to lack PROCMAP_QUERY. */
let asText = false;

/** The process's mapping at an address; undefined if there is none. */
export function mappingAt(tid: number, address: number): Mapping | undefined {
  if (!Number.isSafeInteger(address)) return undefined;
  const queried = asText ? -errno.ENOTTY : query(tid, address);
  if (queried === -errno.ENOTTY) return readText(tid, address);
  return typeof queried === 'number' ? undefined : queried;
}

/**
 * Queries /proc/TID/maps. Returns -errno of the query or of opening the file. Takes 10 µs, most of it to open the file. The file is not
 * kept open: it would still show the old program's memory after the thread id was reused.
 */
function query(tid: number, address: number): Mapping | number {
  const maps = open(tid);
  if (maps < 0) return -errno.ESRCH;
  const found = queryMapping(maps, address);
  close(maps);
  if (typeof found === 'number') {
    asText ||= found === -errno.ENOTTY;
    return found;
  }
  return asMapping(found);
}

export function asMapping({ start, end, flags, offset, path }: QueriedMapping): Mapping {
  const shared = (flags & VMA.SHARED) !== 0;
  return { start, end, protection: flags & PROTECTION, shared, offset, path: named(path) };
}

/** A descriptor, or -errno. */
function open(tid: number): number {
  return withPtraceRight(() => openFile(`/proc/${tid}/maps`, O_RDONLY));
}

/** The text of /proc/TID/maps; empty if the thread has ended or may not be examined. */
export function mapsOf(tid: number): string {
  try {
    return withPtraceRight(() => examine(() => readFileSync(`/proc/${tid}/maps`, 'latin1')));
  } catch {
    return '';
  }
}

/** Like `mappingAt`, but reads all mappings: 20 µs or more, depending on their number. */
export function readText(tid: number, address: number): Mapping | undefined {
  for (const [, start, end, read, write, exec, shared, offset, path] of mapsOf(tid).matchAll(LINE)) {
    if (Number.parseInt(end!, 16) <= address) continue;
    const from = Number.parseInt(start!, 16);
    if (from > address) return undefined;
    return {
      start: from,
      end: Number.parseInt(end!, 16),
      protection:
        (read === 'r' ? VMA.READABLE : 0) | (write === 'w' ? VMA.WRITABLE : 0) | (exec === 'x' ? VMA.EXECUTABLE : 0),
      shared: shared === 's',
      offset: Number.parseInt(offset!, 16),
      path: named(Buffer.from(path!, 'latin1').toString()),
    };
  }
  return undefined;
}

const O_RDONLY = 0;
const DELETED = ' (deleted)';

function named(path: string): string {
  return path.endsWith(DELETED) ? path.slice(0, -DELETED.length) : path;
}
