import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';

export const SECTOR_BYTES = 512;

/** The size of a disk image or block device, in sectors of 512 bytes; 0 if unknown. */
export function sectorsOf(path: string): number {
  try {
    const status = statSync(path);
    if (!status.isBlockDevice()) return Math.floor(status.size / SECTOR_BYTES);
    return Number(readFileSync(`/sys/class/block/${basename(path)}/size`, 'utf8'));
  } catch {
    return 0;
  }
}
