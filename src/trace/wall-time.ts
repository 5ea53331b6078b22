/** A tick of Date.now(), and what rounding adds. */
const TOLERANCE_MS = 2;

/**
 * Milliseconds since the epoch at a time of performance.now(), with that clock's resolution. performance.timeOrigin alone would be wrong
 * once somebody has set the wall clock, or the machine was suspended, which the other clock does not count.
 */
export class WallTime {
  #origin = performance.timeOrigin;

  at(now: number): number {
    const wall = Date.now();
    if (Math.abs(wall - (this.#origin + now)) > TOLERANCE_MS) this.#origin = wall - now;
    return this.#origin + now;
  }
}
