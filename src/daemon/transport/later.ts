import type { LaterWork } from '../../drivers/privcmd/privcmd-file.ts';
import type { Turn } from '../../xen/call/turn.ts';

/** How long a call is served before it gives way to others. */
const TURN_MS = 5;

/** The clock is looked at once in so many rounds of a loop: a power of two. A round takes microseconds. */
const ROUNDS = 16;

/** Calls that gave way to others: each goes on for a turn at a time, in their order. Without such calls it costs nothing. */
export class Later implements Turn {
  /** False while a call is served whose answer cannot come later. */
  mayGiveWay = true;
  readonly #waiting: LaterWork[] = [];
  #running: LaterWork | undefined;
  #rounds = 0;
  #end = 0;

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  add(work: LaterWork): void {
    this.#waiting.push(work);
  }

  /** A call, or a step of one, begins. */
  begin(): void {
    this.#rounds = 0;
    this.#end = 0;
  }

  isOver(): boolean {
    this.#rounds += 1;
    if (!this.mayGiveWay || (this.#rounds & (ROUNDS - 1)) !== 0) return false;
    const now = performance.now();
    if (this.#end === 0) this.#end = now + TURN_MS;
    return now >= this.#end;
  }

  /** Performs a step of the call that has waited longest. */
  runOne(): void {
    const work = this.#waiting.shift();
    if (work === undefined) return;
    this.#running = work;
    this.begin();
    const isDone = work.step();
    this.#running = undefined;
    if (!isDone) this.#waiting.push(work);
  }

  /** After a step was cut off: its caller gets `result`. */
  abort(result: number): void {
    this.#running?.abort(result);
    this.#running = undefined;
  }
}
