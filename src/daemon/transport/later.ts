import type { LaterWork } from '../../drivers/privcmd/privcmd-file.ts';
import type { Turn } from '../../xen/call/turn.ts';

/** Time slice of a call: then it yields to other calls. */
const TURN_MS = 5;

/** Read the clock once in this many loop iterations, a power of two. An iteration takes microseconds. */
const ROUNDS = 16;

/** Preempted calls: each continues for a time slice, round-robin. Costs nothing while there are none. */
export class Later implements Turn {
  /** False while serving a call that must be answered at once. */
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

  /** Marks the start of a call, or of a step of one. */
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

  /** Runs a step of the call that has waited longest. */
  runOne(): void {
    const work = this.#waiting.shift();
    if (work === undefined) return;
    this.#running = work;
    this.begin();
    const isDone = work.step();
    this.#running = undefined;
    if (!isDone) this.#waiting.push(work);
  }

  /** Called after a step was cut off: answers its caller with `result`. */
  abort(result: number): void {
    this.#running?.abort(result);
    this.#running = undefined;
  }
}
