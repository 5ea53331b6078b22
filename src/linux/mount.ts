import { SYS } from './arch/x86-64/system-calls.ts';
import { addressOf, libc, result, systemCall } from './libc.ts';

/** Flags of mount(2) (sys/mount.h). */
export const MS = {
  RDONLY: 1,
  NOSUID: 2,
  NODEV: 4,
  NOEXEC: 8,
  REMOUNT: 32,
  BIND: 4096,
  MOVE: 8192,
  REC: 16384,
  PRIVATE: 1 << 18,
  SLAVE: 1 << 19,
} as const;

/** Flags of umount2(2). */
export const MNT = { FORCE: 1, DETACH: 2, EXPIRE: 4 } as const;
export const UMOUNT_NOFOLLOW = 8;

/** Flags of unshare(2) and setns(2) (sched.h). */
export const CLONE = { FS: 0x200, FILES: 0x400, NEWNS: 0x20000, NEWUSER: 0x10000000, NEWPID: 0x20000000 } as const;

type MountCall = (
  source: string | null,
  target: string,
  type: string | null,
  flags: number,
  data: string | null,
) => number;
const libcMount: MountCall = libc.func(
  'int mount(const char *source, const char *target, const char *type, unsigned long flags, const char *data)',
);
const libcUmount: (target: string, flags: number) => number = libc.func('int umount2(const char *target, int flags)');
const libcGetcwd: (buffer: number, size: number) => bigint | number = libc.func('int64_t getcwd(int64_t, int64_t)');

/** mount(2): 0 or -errno. */
export function mount(
  source: string | null,
  target: string,
  type: string | null,
  flags = 0,
  data: string | null = null,
) {
  return result(libcMount(source, target, type, flags, data));
}

/** umount2(2): 0 or -errno. */
export function umount(target: string, flags = 0): number {
  return result(libcUmount(target, flags));
}

/**
 * unshare(2) of the calling thread: 0 or -errno. Node has several threads, so CLONE.NEWUSER fails with EINVAL; CLONE.NEWNS works and
 * affects only this thread.
 */
export function unshare(flags: number): number {
  return systemCall(SYS.unshare, flags);
}

/** setns(2) of the calling thread: 0 or -errno. Before it enters a mount namespace, the thread must unshare CLONE.FS. */
export function setns(fd: number, type = 0): number {
  return systemCall(SYS.setns, fd, type);
}

/** chroot(2) of the calling thread, and of those that share its root: 0 or -errno. */
export function chroot(path: string): number {
  const bytes = new TextEncoder().encode(`${path}\0`);
  const answer = systemCall(SYS.chroot, addressOf(bytes));
  return bytes.length === 0 ? 0 : answer; // used here, so that they are not garbage-collected before the call
}

/** The calling thread's working directory, which process.cwd() does not return: it caches the main thread's. Undefined on failure. */
export function currentDirectory(): string | undefined {
  const path = Buffer.alloc(4096);
  if (Number(libcGetcwd(addressOf(path), path.length)) === 0) return undefined;
  return path.toString('utf8', 0, path.indexOf(0));
}
