import { errno } from '../linux/errno.ts';
import { PAGE_SIZE } from '../linux/page-size.ts';
import { fetchDescriptor } from '../linux/process/fetch-descriptor.ts';
import { writeProcessMemory } from '../linux/process/process-memory.ts';
import { syncedListener } from '../linux/seccomp.ts';
import type { CallInCaller } from './injected-call.ts';

const PROT_READ_WRITE = 3;
const MAP_PRIVATE_ANONYMOUS = 0x22;
/** Size of struct sock_fprog. */
const PROGRAM_BYTES = 16;

/**
 * Installs a seccomp filter in all threads of a stopped caller's process, which keeps it for ever and hands it to its children. Returns a
 * descriptor of this process, which is the listener's unless another thread of the caller has just put another file there, or -errno.
 * EBUSY: the process has a listener already; EACCES: neither CAP_SYS_ADMIN nor no_new_privs; ESRCH: threads with other filters; EINVAL:
 * before Linux 5.19; EMFILE: its limit on descriptors.
 */
export function filterCaller(call: CallInCaller, tid: number, filter: Uint8Array): number {
  const address = Number(call('mmap', 0, PAGE_SIZE, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0));
  if (address < 0) return address;
  const { operation, flags, program } = syncedListener(filter.length, address + PROGRAM_BYTES);
  const bytes = new Uint8Array(PROGRAM_BYTES + filter.length);
  bytes.set(new Uint8Array(program.buffer));
  bytes.set(filter, PROGRAM_BYTES);
  const isWritten = writeProcessMemory(tid, address, bytes, 0, bytes.length) === bytes.length;
  const there = isWritten ? Number(call('seccomp', operation, flags, address)) : -errno.EFAULT;
  call('munmap', address, PAGE_SIZE);
  if (there < 0) return there;
  const listener = fetchDescriptor(tid, there);
  call('close', there);
  return listener;
}
