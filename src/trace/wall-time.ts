/** A tick of Date.now(), and what rounding adds. */
const TOLERANCE_MS = 2;

/**
 * Converts a time of performance.now() to milliseconds since the epoch, at that clock's resolution. Adding performance.timeOrigin is
 * wrong after the wall clock was set, or after a suspend, during which performance.now() stands still.
 */
export class WallTime {
  #origin = performance.timeOrigin;

  at(now: number): number {
    const wall = Date.now();
    if (Math.abs(wall - (this.#origin + now)) > TOLERANCE_MS) this.#origin = wall - now;
    return this.#origin + now;
  }
}
