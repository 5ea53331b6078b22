// The words of memory that the main thread and the hypervisor thread share, an Int32Array over a SharedArrayBuffer.

/** Places of the words. */
export const WORD = {
  /**
   * Not 0: the port has a message for the hypervisor thread, which checks this word before each request and clears it before it reads the
   * port. If the thread is blocked in a system call, WAKE_SIGNAL (linux/signals) ends that call with EINTR.
   */
  pending: 0,
  /** Odd while the hypervisor thread examines a caller (linux/process/examine.ts); incremented at each start and end. */
  examining: 1,
  /** 1 while it waits for a traced thread to stop. */
  awaitingStop: 2,
  /** State of the user's code on the hypervisor thread: a CODE, plus CODE.turn times the number of starts so far. */
  code: 3,
  /**
   * The first of MOST_LISTENERS words: descriptors of the seccomp listeners that are served, 0 in between. The hypervisor thread writes
   * one before it serves it, and removes it before it closes it; the main thread reads them while that thread is stuck, and at its end.
   */
  listeners: 4,
} as const;

/** Most seccomp listeners beside a mount: one for each process that was moved, which its descendants share. */
export const MOST_LISTENERS = 64;

const WORDS = WORD.listeners + MOST_LISTENERS;

/** The listeners that are served. */
export function listenersIn(words: Int32Array): number[] {
  return [...words.subarray(WORD.listeners, WORDS)].filter((listener) => listener !== 0);
}

/**
 * States of the word `code`, in its low bits. The hypervisor thread changes `none` to `handler` or `loading` and back; the main thread
 * changes these two to `condemned`, by compare and exchange. So either the code has ended and is not cut off, or the main thread cuts it
 * off while the hypervisor thread waits for that. Code that runs afterwards is never cut off by mistake.
 */
export const CODE = { none: 0, handler: 1, loading: 2, condemned: 3, mask: 3, turn: 4 } as const;

/** New words, all 0. */
export function newWords(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * WORDS));
}
