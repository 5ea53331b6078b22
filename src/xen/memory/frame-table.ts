/** Entries of a chunk: small, so that scattered frames cost little, and large enough for runs. */
const CHUNK = 64;

interface Chunk {
  used: number;
  readonly values: Uint32Array;
}

/** A sparse map from frame number to a 32-bit value. Its cost is proportional to the number of frames. */
export class FrameTable {
  size = 0;
  /** One long run of frames whose values increase by `step`, stored without chunks; `holes` are the frames removed from it. */
  #run = { start: 0, end: 0, value: 0, step: 1 };
  #holes: Set<number> | undefined;
  #chunks: Map<number, Chunk> | undefined;

  get(frame: number): number | undefined {
    const value = this.#chunks?.get(Math.floor(frame / CHUNK))?.values[frame % CHUNK];
    if (value !== undefined && value !== 0) return value - 1;
    return this.#inRun(frame) ? this.#valueInRun(frame) : undefined;
  }

  /** Adds `count` frames with the values from `value` on, or all with this value (`step` 0). Only once, for an empty table. */
  setRun(start: number, count: number, value: number, step: 0 | 1 = 1): void {
    this.#run = { start, end: start + count, value, step };
    this.size += count;
  }

  /** The frame with a value, if it is in the run. */
  frameInRun(value: number): number | undefined {
    const frame = this.#run.start + value - this.#run.value;
    return this.#inRun(frame) ? frame : undefined;
  }

  has(frame: number): boolean {
    return this.get(frame) !== undefined;
  }

  /** `value` below 2^32 - 1. */
  set(frame: number, value: number): void {
    const key = Math.floor(frame / CHUNK);
    this.#chunks ??= new Map();
    let chunk = this.#chunks.get(key);
    if (this.#inRun(frame)) this.delete(frame);
    if (chunk === undefined) {
      chunk = { used: 0, values: new Uint32Array(CHUNK) };
      this.#chunks.set(key, chunk);
    }
    if (chunk.values[frame % CHUNK] === 0) {
      chunk.used += 1;
      this.size += 1;
    }
    chunk.values[frame % CHUNK] = value + 1;
  }

  /** Removes a frame; returns whether it was present. */
  delete(frame: number): boolean {
    const key = Math.floor(frame / CHUNK);
    const chunk = this.#chunks?.get(key);
    if (chunk === undefined || chunk.values[frame % CHUNK] === 0) {
      if (!this.#inRun(frame)) return false;
      this.#holes ??= new Set();
      this.#holes.add(frame);
      this.size -= 1;
      return true;
    }
    chunk.values[frame % CHUNK] = 0;
    chunk.used -= 1;
    this.size -= 1;
    if (chunk.used === 0) this.#chunks?.delete(key);
    return true;
  }

  /** The number of frames from `start` to before `end`. */
  count(start: number, end: number): number {
    let count = Math.max(0, Math.min(end, this.#run.end) - Math.max(start, this.#run.start));
    for (const hole of this.#holes ?? []) if (hole >= start && hole < end) count -= 1;
    for (const [key, { used, values }] of this.#chunks ?? []) {
      const first = key * CHUNK;
      if (first >= start && first + CHUNK <= end) count += used;
      else if (first < end && first + CHUNK > start) {
        const part = values.subarray(Math.max(0, start - first), end - first);
        for (const value of part) if (value !== 0) count += 1;
      }
    }
    return count;
  }

  clear(): void {
    this.#chunks = undefined;
    this.#holes = undefined;
    this.#run = { start: 0, end: 0, value: 0, step: 1 };
    this.size = 0;
  }

  #inRun(frame: number): boolean {
    return frame >= this.#run.start && frame < this.#run.end && this.#holes?.has(frame) !== true;
  }

  #valueInRun(frame: number): number {
    return this.#run.value + this.#run.step * (frame - this.#run.start);
  }

  /** Every frame with its value; in order within a chunk. */
  *entries(): IterableIterator<[number, number]> {
    for (let frame = this.#run.start; frame < this.#run.end; frame += 1) {
      if (this.#holes?.has(frame) !== true) yield [frame, this.#valueInRun(frame)];
    }
    for (const [key, { values }] of this.#chunks ?? []) {
      for (const [index, value] of values.entries()) if (value !== 0) yield [key * CHUNK + index, value - 1];
    }
  }
}
