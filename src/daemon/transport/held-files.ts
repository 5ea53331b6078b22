import { close } from '../../linux/io.ts';
import { compareFiles, FILES, mayCompare } from '../../linux/kcmp.ts';
import { deviceAt, deviceOf, openInode } from '../../linux/open-file.ts';
import { fetchDescriptor } from '../../linux/process/fetch-descriptor.ts';
import { withPtraceRight } from '../../linux/process/ptrace-right.ts';
import type { OpenInodes } from './open-inodes.ts';

/** Most copies to hold. If callers alternate between more files, FUSE serves the rest. */
const MOST_HELD = 64;

/** A copy that was not used for this many milliseconds is closed, so that its file can be released. */
const IDLE_MS = 1_000;

/** After a fetch that returned the wrong file, no fetch for this many milliseconds. */
const PAUSE_MS = 100;

/** Size of the table of guesses; a power of two. */
const GUESSES = 256;

interface Held<File> {
  readonly file: File;
  /** This process's descriptor of the same open file. */
  readonly copy: number;
  /** When it was last used. */
  used: number;
}

export interface HeldFilesOptions<File extends object> {
  inodes: OpenInodes<File>;
  /** The device number of the mount, in the format of linux/open-file.ts: inode numbers are unique only within it. */
  device: number;
  /** A monotonic time in whole milliseconds (so no heap object); it need not advance at every call. */
  now: () => number;
  /** Closes a descriptor of any file on another thread, since close(2) may wait for the file's file system. */
  closeElsewhere(descriptor: number): void;
}

/**
 * Proves which of our open files a caller's descriptor refers to. This process holds a copy of the open file (fetched from a caller once,
 * and identified by device and inode), and the kernel compares the two at each call. Earlier results only suggest which copy to compare
 * with: thread ids wrap, and descriptor numbers are reused.
 *
 * The proof holds only at the moment of the comparison, for the thread that has the id then: SeccompCalls checks afterwards whether its
 * caller still waits.
 *
 * A copy delays the release of the open file, so it is closed when it has not been used for a second. privcmd does nothing at a file's
 * release, and requests no FLUSH, so closing a copy here does not wait for this very thread.
 */
export class HeldFiles<File extends object> {
  readonly #options: HeldFilesOptions<File>;
  /** Held copies, in the order of FILES. */
  readonly #held: Held<File>[] = [];
  readonly #guesses: (Held<File> | undefined)[] = new Array(GUESSES).fill(undefined);
  /** The caller of the last call with an unknown file: fetch only at a second call. */
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
    if (tid <= 0 || descriptor < 0) return undefined; // 0: a thread that is not visible in this pid namespace
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

  /** Closes copies that were not used for a while. Must be called regularly. */
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
    // Reading /proc needs this capability, unlike the other calls. It is used for this lookup only.
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
   * Only avoids fetching, and so briefly keeping open, files that are clearly not ours: the caller's other threads may change the
   * descriptor between this check and the fetch.
   */
  #looksLikeOurs(tid: number, descriptor: number): boolean {
    const inode = openInode(tid, descriptor);
    if (inode === undefined || this.#options.inodes.only(inode) === undefined) return false;
    return deviceAt(`/proc/${tid}/fd/${descriptor}`) === this.#options.device;
  }

  /** Checks our own descriptor, which no other process can change. */
  #identify(copy: number): File | undefined {
    if (deviceOf(copy) !== this.#options.device) return undefined;
    const inode = openInode('self', copy);
    return inode === undefined ? undefined : this.#options.inodes.only(inode);
  }

  /** Undefined if another copy of it is held already. */
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
