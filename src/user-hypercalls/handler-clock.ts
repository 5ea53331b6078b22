import type { UserHypercall } from './define.ts';

/** Odd while a user's handler runs; another thread watches it. */
let word: Int32Array = new Int32Array(new SharedArrayBuffer(4));
let hypercall: UserHypercall | undefined;

/** Puts the word where another thread sees it: one element of a shared Int32Array. */
export function shareHandlerClock(shared: Int32Array): void {
  word = shared;
}

export function handlerStarts(which: UserHypercall): void {
  hypercall = which;
  Atomics.add(word, 0, 1);
}

export function handlerEnds(): void {
  Atomics.add(word, 0, 1);
}

/** After a handler was cut off: which one it was. Undefined if none runs. */
export function cutOffHandler(): UserHypercall | undefined {
  if (Atomics.load(word, 0) % 2 === 0) return undefined;
  handlerEnds();
  return hypercall;
}
