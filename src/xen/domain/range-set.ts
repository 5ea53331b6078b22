interface Range {
  readonly start: number;
  readonly end: number;
}

/** Disjoint ranges of numbers, both ends included, ascending; adjacent ones are one. */
export class RangeSet {
  readonly #limit: number;
  #ranges: readonly Range[] = [];

  /** `limit`: ranges that it holds at most. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get isEmpty(): boolean {
    return this.#ranges.length === 0;
  }

  overlaps(start: number, end: number): boolean {
    return this.#ranges.some((range) => range.start <= end && start <= range.end);
  }

  contains(start: number, end: number): boolean {
    return this.#ranges.some((range) => range.start <= start && end <= range.end);
  }

  /** Adds a range that overlaps none. False: there would be too many. */
  add(start: number, end: number): boolean {
    const before = this.#ranges.find((range) => range.end === start - 1);
    const after = this.#ranges.find((range) => range.start === end + 1);
    const others = this.#ranges.filter((range) => range !== before && range !== after);
    if (others.length >= this.#limit) return false;
    const joined = { start: before?.start ?? start, end: after?.end ?? end };
    this.#ranges = [...others, joined].sort((a, b) => a.start - b.start);
    return true;
  }

  /** Removes a range within one of them. False if that would split it and exceed the limit. */
  remove(start: number, end: number): boolean {
    const rest: Range[] = [];
    for (const range of this.#ranges) {
      if (end < range.start || range.end < start) {
        rest.push(range);
        continue;
      }
      if (range.start < start) rest.push({ start: range.start, end: start - 1 });
      if (end < range.end) rest.push({ start: end + 1, end: range.end });
    }
    if (rest.length > this.#limit) return false;
    this.#ranges = rest;
    return true;
  }

  /** Adds a range or removes it; parts of it may already be in the set. */
  set(start: number, end: number, isPart: boolean): void {
    this.remove(start, end);
    if (isPart) this.add(start, end);
  }
}
