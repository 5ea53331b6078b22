import { errno } from '../linux/errno.ts';
import { close } from '../linux/io.ts';
import { compareFiles, FILES } from '../linux/kcmp.ts';
import { openFile } from '../linux/open-file.ts';
import { fetchDescriptor } from '../linux/process/fetch-descriptor.ts';
import { filterAt, INSTALL_FOR_PROCESS, isListener } from '../linux/seccomp.ts';
import type { CallInCaller } from './injected-call.ts';
import { hasInterruptingHandlers } from './interrupting-handlers.ts';

/** How often the filter is installed if the listener cannot be fetched; after the first tries, with pauses. */
const TRIES = 20;
const TRIES_AT_ONCE = 2;
const PAUSE_MS = 3;
const O_RDONLY = 0;
const MFD_CLOEXEC = 1;
const never = new Int32Array(new SharedArrayBuffer(4));

export interface FilterOptions {
  readonly filter: Uint8Array;
  /** Gets the listener if the caller installs the filter only after we gave up waiting for it. */
  late(listener: number): void;
  /** Closes a descriptor of any file on another thread, since close(2) may wait for the file's file system. */
  closeElsewhere(descriptor: number): void;
}

/**
 * Installs a seccomp filter in all threads of a stopped caller's process, which keeps it for ever and hands it to its children. Returns
 * this process's descriptor of the listener, or -errno. EBUSY: the process has a listener already; EACCES: neither CAP_SYS_ADMIN nor
 * no_new_privs; EINTR: it has handlers that would interrupt calls; ESRCH: threads with other filters, or the caller has ended or is late;
 * EINVAL: before Linux 5.19; EMFILE: its limit on descriptors.
 *
 * The caller has the listener's descriptor for some microseconds, in which another of its threads may close all that it does not know. The
 * filter then has no listener, and hypercalls would fail for ever; but Linux permits another filter with a listener then. A process in which
 * another descriptor is closed at that moment gets no filter: EAGAIN.
 */
export function filterCaller(call: CallInCaller, tid: number, { filter, late, closeElsewhere }: FilterOptions): number {
  if (hasInterruptingHandlers(call, tid)) return -errno.EINTR;
  const spare = openFile('/dev/null', O_RDONLY); // there must be room for the listener
  if (spare < 0) return spare;
  close(spare);
  if (!keepsDescriptors(call, tid, closeElsewhere)) return -errno.EAGAIN;
  let fetched = -errno.EBADF;
  for (let tried = 0; tried < TRIES && fetched < 0; tried++) {
    if (tried >= TRIES_AT_ONCE) Atomics.wait(never, 0, 0, PAUSE_MS); // until the other thread's turn is over
    call.whenLate = (made) => {
      const listener = made < 0 ? made : fetchListener(tid, made, closeElsewhere);
      if (listener >= 0) late(listener);
    };
    const { operation, flags } = INSTALL_FOR_PROCESS;
    const made = Number(call('seccomp', operation, flags, filterAt(filter)));
    if (made < 0) return made;
    call.whenLate = () => {}; // nothing is left to be done, and its own call has its result
    fetched = fetchListener(tid, made, closeElsewhere);
    const isThere = fetched < 0 ? fetched !== -errno.EBADF : compareFiles(tid, made, fetched) === FILES.EQUAL;
    if (isThere) call('close', made);
  }
  return fetched;
}

/** Whether a descriptor that the process does not know stays open for as long as the listener's must. */
function keepsDescriptors(call: CallInCaller, tid: number, closeElsewhere: (descriptor: number) => void): boolean {
  const probe = Number(call('memfd_create', 'fauxen', MFD_CLOEXEC));
  if (probe < 0) return false;
  const fetched = fetchDescriptor(tid, probe);
  if (fetched < 0) return false;
  call('getpid');
  const stays = compareFiles(tid, probe, fetched) === FILES.EQUAL;
  if (stays) call('close', probe);
  closeElsewhere(fetched);
  return stays;
}

/** -EBADF: another thread has closed the descriptor, or put another file there. */
function fetchListener(tid: number, descriptor: number, closeElsewhere: (descriptor: number) => void): number {
  const fetched = fetchDescriptor(tid, descriptor);
  if (fetched < 0 || isListener(fetched)) return fetched;
  closeElsewhere(fetched);
  return -errno.EBADF;
}
