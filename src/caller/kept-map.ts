import { closeSync, openSync } from 'node:fs';
import { close } from '../linux/io.ts';
import { pidfdOpenThread, pidfdSendSignal } from '../linux/pidfd.ts';
import { type MappedFile, queryMapping } from '../linux/process/procmap.ts';
import { withPtraceRight } from '../linux/process/ptrace-right.ts';
import { asMapping, type Mapping, mappingAt } from './mapping.ts';

/**
 * The memory map of the thread that asked last, kept open: asking it again takes 2 µs, opening it 10. A pidfd proves that the thread id
 * still belongs to the same thread. After an execve the thread has another map, and the kept one answers ESRCH. Exception: while another
 * process shares the old memory (vfork), the kept map still answers, so no write or mapping may depend on an answer.
 */
export class KeptMap {
  #tid = 0;
  #thread = -1;
  #maps = -1;
  readonly #file: MappedFile = { inode: 0, device: 0, path: '' };

  /** The process's mapping at an address; undefined if there is none. */
  at(tid: number, address: number): Mapping | undefined {
    if (!Number.isSafeInteger(address)) return undefined;
    if (tid === this.#tid && pidfdSendSignal(this.#thread, 0) === 0) {
      const found = queryMapping(this.#maps, address, this.#file);
      if (typeof found !== 'number') return asMapping(found);
    }
    this.close();
    this.#open(tid);
    return mappingAt(tid, address);
  }

  close(): void {
    if (this.#thread >= 0) close(this.#thread);
    if (this.#maps >= 0) closeSync(this.#maps);
    this.#tid = 0;
    this.#thread = -1;
    this.#maps = -1;
    this.#file.inode = 0;
  }

  /** Keeps nothing if the kernel has no pidfd for threads (before Linux 6.9). */
  #open(tid: number): void {
    this.#thread = pidfdOpenThread(tid);
    if (this.#thread < 0) return;
    try {
      this.#maps = withPtraceRight(() => openSync(`/proc/${tid}/maps`, 'r'));
      this.#tid = tid;
    } catch {
      this.close();
    }
  }
}
