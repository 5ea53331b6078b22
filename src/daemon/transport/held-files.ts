import { errno } from '../../linux/errno.ts';
import { close } from '../../linux/io.ts';
import { compareFiles, FILES, mayCompare, shareDescriptors } from '../../linux/kcmp.ts';
import { deviceAt, deviceOf, openInode } from '../../linux/open-file.ts';
import { pidfdGetfd, pidfdOpen, pidfdOpenThread } from '../../linux/pidfd.ts';
import { withPtraceRight } from '../../linux/ptrace-right.ts';
import { threadGroup } from '../../linux/thread.ts';
import type { OpenInodes } from './open-inodes.ts';

/** Copies held at most; whoever uses more files in turn has those beyond served by FUSE. */
const MOST_HELD = 64;

/** A copy that was not asked for during so many milliseconds is given up, and its file can end. */
const IDLE_MS = 1_000;

/** After a fetch that brought another file than it was to, nothing is fetched for so many milliseconds. */
const PAUSE_MS = 100;

/** Places for guesses; a power of two. */
const GUESSES = 256;

interface Held<File> {
  readonly file: File;
  /** This process's descriptor of the same open file. */
  readonly copy: number;
  /** When it was last found. */
  used: number;
}

export interface HeldFilesOptions<File extends object> {
  inodes: OpenInodes<File>;
  /** The device number of the mount, as linux/open-file.ts makes it: inode numbers of other file systems mean nothing. */
  device: number;
  /** Whole milliseconds (so no heap object) that only grow; a clock that stands still for some calls will do. */
  now: () => number;
  /** Closes a descriptor that may be of any file, elsewhere: closing can wait for the file's own file system. */
  closeElsewhere(descriptor: number): void;
}

/**
 * Proves which open file of ours a caller's descriptor is: this process holds a copy of the open file (fetched from a caller once, and
 * identified by device and inode) and lets the kernel compare the two at each call. What was known a moment ago is a guess at which
 * copy to compare with, and no more: thread ids wrap, and numbers of descriptors are used again.
 *
 * The proof is of the moment of the comparison, and of whatever thread has the id then: SeccompCalls asks afterwards whether its caller
 * still waits.
 *
 * A copy keeps the open file from ending: it is given up when it has not been used for a second. privcmd does nothing at the end of a
 * file, and it asks for no FLUSH, so that closing a copy here does not wait for this very thread.
 */
export class HeldFiles<File extends object> {
  readonly #options: HeldFilesOptions<File>;
  /** In the order of FILES. */
  readonly #held: Held<File>[] = [];
  readonly #guesses: (Held<File> | undefined)[] = new Array(GUESSES).fill(undefined);
  /** Whose call could not be told last: only who calls again is worth a fetch. */
  readonly #askedThreads = new Int32Array(GUESSES);
  readonly #askedDescriptors = new Int32Array(GUESSES);
  #pausedUntil = 0;
  #expired = 0;

  constructor(options: HeldFilesOptions<File>) {
    this.#options = options;
  }

  get size(): number {
    return this.#held.length;
  }

  /** The open file behind a descriptor of thread `tid`, proven; undefined: not one of ours, or not yet known. */
  find(tid: number, descriptor: number): File | undefined {
    if (tid <= 0 || descriptor < 0) return undefined; // 0: a thread that this pid namespace does not show
    const place = (tid + 31 * descriptor) & (GUESSES - 1);
    let held = this.#guesses[place];
    if (held === undefined || compareFiles(tid, descriptor, held.copy) !== FILES.EQUAL) {
      held = this.#search(tid, descriptor) ?? this.#fetchLater(tid, descriptor, place);
      if (held === undefined) return undefined;
      this.#guesses[place] = held;
    }
    held.used = this.#options.now();
    return held.file;
  }

  /** Gives up what was not used for a while. To be called every now and then. */
  expire(): void {
    const now = this.#options.now();
    if (now - this.#expired < IDLE_MS / 4) return;
    this.#expired = now;
    for (let index = this.#held.length - 1; index >= 0; index--)
      if (now - this.#held[index]!.used > IDLE_MS) this.#giveUp(index);
  }

  close(): void {
    for (let index = this.#held.length - 1; index >= 0; index--) this.#giveUp(index);
  }

  #search(tid: number, descriptor: number): Held<File> | undefined {
    let low = 0;
    let high = this.#held.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const held = this.#held[middle]!;
      const order = compareFiles(tid, descriptor, held.copy);
      if (order === FILES.EQUAL) return held;
      if (order === FILES.BELOW) high = middle;
      else if (order === FILES.ABOVE) low = middle + 1;
      else return undefined;
    }
    return undefined;
  }

  #fetchLater(tid: number, descriptor: number, place: number): Held<File> | undefined {
    if (this.#askedThreads[place] === tid && this.#askedDescriptors[place] === descriptor)
      return this.#fetch(tid, descriptor);
    this.#askedThreads[place] = tid;
    this.#askedDescriptors[place] = descriptor;
    return undefined;
  }

  #fetch(tid: number, descriptor: number): Held<File> | undefined {
    if (this.#held.length === MOST_HELD || this.#options.now() < this.#pausedUntil) return undefined;
    if (!mayCompare(tid)) return undefined;
    // /proc asks for this right where the other calls ask for less. Nothing but the look is done with it.
    if (!withPtraceRight(() => this.#looksLikeOurs(tid, descriptor))) return undefined;
    const copy = fetchDescriptor(tid, descriptor);
    if (copy < 0) return undefined;
    const file = this.#identify(copy);
    const held = file && this.#keep(file, copy);
    if (held === undefined) {
      this.#pausedUntil = this.#options.now() + PAUSE_MS;
      this.#options.closeElsewhere(copy);
      return undefined;
    }
    return compareFiles(tid, descriptor, held.copy) === FILES.EQUAL ? held : undefined;
  }

  /**
   * The caller's other threads may change the descriptor between this look and the fetch: it is only there so as not to fetch, and so
   * keep open for a moment, what is plainly another program's.
   */
  #looksLikeOurs(tid: number, descriptor: number): boolean {
    const inode = openInode(tid, descriptor);
    if (inode === undefined || this.#options.inodes.only(inode) === undefined) return false;
    return deviceAt(`/proc/${tid}/fd/${descriptor}`) === this.#options.device;
  }

  /** Nobody else can change what a descriptor of this process is. */
  #identify(copy: number): File | undefined {
    if (deviceOf(copy) !== this.#options.device) return undefined;
    const inode = openInode('self', copy);
    return inode === undefined ? undefined : this.#options.inodes.only(inode);
  }

  /** Undefined where another copy of it is held already. */
  #keep(file: File, copy: number): Held<File> | undefined {
    let index = 0;
    for (; index < this.#held.length; index++) {
      const order = compareFiles(process.pid, copy, this.#held[index]!.copy);
      if (order === FILES.BELOW) break;
      if (order !== FILES.ABOVE) return undefined;
    }
    const held = { file, copy, used: this.#options.now() };
    this.#held.splice(index, 0, held);
    return held;
  }

  #giveUp(index: number): void {
    const [held] = this.#held.splice(index, 1);
    this.#guesses.forEach((guess, place) => {
      if (guess === held) this.#guesses[place] = undefined;
    });
    if (held !== undefined) close(held.copy);
  }
}

/** A descriptor of this process for the open file behind one of the thread's, or -errno. */
function fetchDescriptor(tid: number, descriptor: number): number {
  const thread = openThread(tid);
  if (thread < 0) return thread;
  const copy = pidfdGetfd(thread, descriptor);
  close(thread);
  return copy;
}

/** Before Linux 6.9 only a process can be named, by its first thread: of use to a thread that has the same descriptors. */
function openThread(tid: number): number {
  const thread = pidfdOpenThread(tid);
  if (thread !== -errno.EINVAL) return thread;
  const first = threadGroup(tid);
  return first !== undefined && shareDescriptors(tid, first) ? pidfdOpen(first) : -errno.ESRCH;
}
