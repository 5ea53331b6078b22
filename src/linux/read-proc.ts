import { cPath } from './c-path.ts';
import { addressOf, systemCall } from './libc.ts';

const SYS_READ = 0;
const SYS_CLOSE = 3;
const SYS_OPENAT = 257;
const AT_FDCWD = -100;
const O_CLOEXEC = 0o2000000;

/** Kept here: what only its address is known of is collected. */
const bytes = Buffer.alloc(4096);
const bytesAddress = addressOf(bytes);

/** The first page of a file of /proc; undefined where it cannot be read. Takes half the time of readFileSync. */
export function readProc(name: string): string | undefined {
  const fd = systemCall(SYS_OPENAT, AT_FDCWD, cPath(name), O_CLOEXEC);
  if (fd < 0) return undefined;
  const count = systemCall(SYS_READ, fd, bytesAddress, bytes.length);
  systemCall(SYS_CLOSE, fd);
  return count <= 0 ? undefined : bytes.toString('latin1', 0, count);
}
