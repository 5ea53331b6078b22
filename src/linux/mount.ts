import { libc, result } from './libc.ts';

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
