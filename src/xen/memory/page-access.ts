/** XENMEM_access_* (memory.h): the values up to rwx are bits for reading, writing and executing. */
export const pageAccesses = { n: 0, rw: 3, rwx: 7, rx2rw: 8, n2rwx: 9, default: 10 } as const;
export const ACCESS_RWX = pageAccesses.rwx;

/** Most runs of pages with the same access. More would need more of Xen's memory than a real Xen has for a domain. */
const MAX_RUNS = 65536;

/** Frames from `start` up to the next run's start. */
interface Run {
  readonly start: number;
  readonly access: number;
}

/**
 * The access rights of virtual CPUs to each guest frame (mem_access). Stored as ascending runs, so that a range costs no more than one
 * frame.
 */
export class PageAccess {
  /** The access of pages that the domain gets later. */
  initial: number = ACCESS_RWX;
  /** An access violation without a listener crashes the domain (set_access_required). */
  listenerRequired = false;
  #runs: Run[] = [{ start: 0, access: ACCESS_RWX }];

  get(frame: number): number {
    return this.#runs[this.#runAt(frame)]?.access ?? ACCESS_RWX;
  }

  /** Sets XENMEM_access_* for `count` frames. False if there are too many runs. */
  set(frame: number, count: number, access: number): boolean {
    if (count <= 0) return true;
    if (this.#runs.length >= MAX_RUNS) return false;
    const end = frame + count;
    const after = this.get(end);
    const first = this.#runAt(frame);
    const last = this.#runAt(end);
    const starts = this.#runs[first]?.start === frame;
    const changed: Run[] = [
      { start: frame, access },
      { start: end, access: after },
    ];
    this.#runs.splice(starts ? first : first + 1, last - first + (starts ? 1 : 0), ...changed);
    this.#join(Math.max(0, first - 1), first + 4);
    return true;
  }

  /** Merges neighbouring runs with the same access, between two indices. */
  #join(from: number, to: number): void {
    for (let index = Math.min(to, this.#runs.length - 1); index > from; index -= 1) {
      if (this.#runs[index]?.access === this.#runs[index - 1]?.access) this.#runs.splice(index, 1);
    }
  }

  /** The index of the run that contains a frame. */
  #runAt(frame: number): number {
    let [low, high] = [0, this.#runs.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#runs[middle]?.start ?? 0) <= frame) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
