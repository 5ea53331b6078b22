/** Places for what is known; a power of two. A caller that loses its place to another is asked about again. */
const SLOTS = 256;

/**
 * How long a descriptor stays known without a call, in milliseconds: a thread that ends leaves no trace here, and its id, which
 * another program may get, comes round again after 32,768 new threads at the soonest.
 */
const LIFETIME_MS = 1_000;

/** Callers asked about and not heard of: each has at most one. More than this many only where threads end in the middle. */
const MOST_ASKED = 4_096;

interface Question {
  descriptor: number;
  /** What `#changes` was when it was asked. */
  changes: number;
}

/**
 * Which descriptor of which thread is which open file of ours. Nothing is read from /proc for it: a call with an unknown
 * descriptor is let pass (`ask`), and when it then arrives through FUSE, the file's handle is the answer (`learn`). That stays
 * true until a descriptor of the file is closed, or dup2'd over, or its process ends: of each the kernel tells with FLUSH,
 * and close(2) returns only after that is answered (`forget`). Forked children and new threads are unknown, as they have
 * another id. A call that never arrives was about another program's file, and the kernel has done it.
 */
export class KnownDescriptors<File extends object> {
  readonly #threads = new Int32Array(SLOTS);
  readonly #descriptors = new Int32Array(SLOTS);
  readonly #files: (File | undefined)[] = new Array(SLOTS).fill(undefined);
  readonly #used = new Int32Array(SLOTS);
  readonly #asked = new Map<number, Question>();
  readonly #now: () => number;
  #changes = 0;

  /** `now`: whole milliseconds (so no heap object) that only grow; a clock that stands still for some calls will do. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The open file behind a descriptor of thread `tid`; undefined: unknown. Allocates nothing. */
  find(tid: number, descriptor: number): File | undefined {
    const slot = slotOf(tid, descriptor);
    const file = this.#files[slot];
    if (file === undefined || this.#threads[slot] !== tid || this.#descriptors[slot] !== descriptor) return undefined;
    const now = this.#now();
    if (now - this.#used[slot]! > LIFETIME_MS) {
      this.#files[slot] = undefined;
      return undefined;
    }
    this.#used[slot] = now;
    return file;
  }

  /** A call of the thread with this descriptor is let pass: what it arrives at may be learnt. */
  ask(tid: number, descriptor: number): void {
    if (this.#asked.size >= MOST_ASKED) this.#asked.clear();
    this.#asked.set(tid, { descriptor, changes: this.#changes });
  }

  /** A call of the thread has arrived at this file. Not believed if a descriptor was closed since it was let pass. */
  learn(tid: number, file: File): void {
    const question = this.#asked.get(tid);
    if (question === undefined) return;
    this.#asked.delete(tid);
    if (question.changes !== this.#changes) return;
    const slot = slotOf(tid, question.descriptor);
    this.#threads[slot] = tid;
    this.#descriptors[slot] = question.descriptor;
    this.#files[slot] = file;
    this.#used[slot] = this.#now();
  }

  /** Some descriptor of the file was closed, whichever. */
  forget(file: File): void {
    this.#changes += 1;
    for (let slot = 0; slot < SLOTS; slot++) if (this.#files[slot] === file) this.#files[slot] = undefined;
  }
}

function slotOf(tid: number, descriptor: number): number {
  return (tid + 31 * descriptor) & (SLOTS - 1);
}
