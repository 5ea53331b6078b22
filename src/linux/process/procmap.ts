import { SYS } from '../arch/x86-64/system-calls.ts';
import { addressOf, systemCall } from '../libc.ts';
import { beginExamination, endExamination } from './examine.ts';

/** A mapping as PROCMAP_QUERY describes it (linux/fs.h, Linux 6.11): addresses, PROCMAP_QUERY_VMA_* bits, and the file's path. */
export interface QueriedMapping {
  readonly start: number;
  readonly end: number;
  readonly flags: number;
  /** Offset in the file at which the mapping starts. */
  readonly offset: number;
  readonly path: string;
}

/** Bits of `flags`; the first three are those of PROT_*. */
export const VMA = { READABLE: 1, WRITABLE: 2, EXECUTABLE: 4, SHARED: 8 } as const;

/** _IOWR('f', 17, struct procmap_query), and the offsets in that struct of 104 bytes. */
const PROCMAP_QUERY = 0xc0686611;
const at = {
  size: 0,
  address: 16,
  start: 24,
  end: 32,
  flags: 40,
  offset: 56,
  inode: 64,
  device: 72,
  nameSize: 80,
  nameAddress: 88,
} as const;
const STRUCT_BYTES = 104;
/** Longest path. */
const NAME_BYTES = 4096;

const struct = new Uint8Array(STRUCT_BYTES);
const view = new DataView(struct.buffer);
const name = Buffer.alloc(NAME_BYTES);

/** A file whose path was asked for before: the next time its number is enough. Anonymous memory has the number 0. */
export interface MappedFile {
  inode: number;
  device: number;
  path: string;
}

/**
 * Queries an open /proc/PID/maps for the mapping that covers an address. -errno: ENOENT if there is none, ENOTTY before Linux 6.11. With
 * `known`, the path is that of the file with the same number if there was one; else it is asked for and kept there.
 */
export function queryMapping(maps: number, address: number, known?: MappedFile): QueriedMapping | number {
  if (known !== undefined && known.inode !== 0) {
    const result = query(maps, address, 0);
    if (result < 0) return result;
    if (get(at.inode) === known.inode && get(at.device) === known.device) return found(known.path);
  }
  const result = query(maps, address, NAME_BYTES);
  if (result < 0) return result;
  const length = Math.max(0, view.getUint32(at.nameSize, true) - 1); // the length includes the terminating NUL
  const path = name.toString('utf8', 0, length);
  if (known !== undefined) [known.inode, known.device, known.path] = [get(at.inode), get(at.device), path];
  return found(path);
}

function query(maps: number, address: number, nameBytes: number): number {
  struct.fill(0);
  view.setUint32(at.size, STRUCT_BYTES, true);
  put(at.address, address);
  view.setUint32(at.nameSize, nameBytes, true);
  if (nameBytes > 0) put(at.nameAddress, addressOf(name));
  beginExamination();
  const result = systemCall(SYS.ioctl, maps, PROCMAP_QUERY, addressOf(struct));
  endExamination();
  return result;
}

const found = (path: string): QueriedMapping => ({
  start: get(at.start),
  end: get(at.end),
  flags: get(at.flags),
  offset: get(at.offset),
  path,
});

/** A 64-bit field below 2^53, without the bigint that DataView makes of it. */
const get = (place: number) => view.getUint32(place + 4, true) * 2 ** 32 + view.getUint32(place, true);

function put(place: number, value: number): void {
  view.setUint32(place, value % 2 ** 32, true);
  view.setUint32(place + 4, Math.floor(value / 2 ** 32), true);
}
