import { type FileBytes, MemoryFileError } from './file-bytes.ts';
import type { MemoryRun } from './memory-file.ts';

/** "EMiL" */
const MAGIC = 0x4c694d45;
const HEADER_BYTES = 32;
const VERSION = 1;

/** The format of LiME: a header of magic, version, first and last address before each range. Undefined: it is another format. */
export function readLime(file: FileBytes): { runs: MemoryRun[]; contexts?: never } | undefined {
  if (file.size < HEADER_BYTES || file.read(0, 4).getUint32(0, true) !== MAGIC) return undefined;
  const runs: MemoryRun[] = [];
  for (let at = 0; at < file.size; ) {
    const header = file.read(at, HEADER_BYTES);
    if (header.getUint32(0, true) !== MAGIC) throw new MemoryFileError(`has no header of LiME at ${at}`);
    const version = header.getUint32(4, true);
    if (version !== VERSION)
      throw new MemoryFileError(`is of LiME's version ${version} (AVML compresses so), not ${VERSION}`);
    const address = Number(header.getBigUint64(8, true));
    const length = Number(header.getBigUint64(16, true)) + 1 - address;
    const offset = at + HEADER_BYTES;
    if (!(length > 0 && offset + length <= file.size))
      throw new MemoryFileError(`ends within the range at 0x${address.toString(16)}`);
    runs.push({ address, size: length, offset, length });
    at = offset + length;
  }
  return { runs };
}
