import { systemCall } from '../../src/linux/libc.ts';

const SYS_EVENTFD2 = 290;

/** Flags of eventfd(2). */
export const EFD = { CLOEXEC: 0o2000000, NONBLOCK: 0o4000 } as const;

/** eventfd(2): the descriptor of a counter that threads can raise and wait for, or -errno. Reads and writes are of eight bytes. */
export function eventfd(initial = 0, flags: number = EFD.CLOEXEC): number {
  return systemCall(SYS_EVENTFD2, initial, flags);
}
