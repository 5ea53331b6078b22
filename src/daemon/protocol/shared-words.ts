// The words of memory that the main thread and the hypervisor thread share, an Int32Array over a SharedArrayBuffer.

/** Places of the words. */
export const WORD = {
  /**
   * Not 0: the port has a message for the hypervisor thread, which looks at this word before each request and sets it to 0 before it
   * reads the port. While the thread is blocked in a system call, WAKE_SIGNAL (linux/signals) ends that call with EINTR.
   */
  pending: 0,
  /** Odd while the hypervisor thread copies from or to a caller; goes up at each start and end of a copy. */
  copying: 1,
  /** Whether code of the user's runs on the hypervisor thread: a CODE, plus CODE.turn times the number of times that some has begun. */
  code: 2,
} as const;

export const WORDS = Object.keys(WORD).length;

/**
 * States of the word `code`, in its low bits. The hypervisor thread changes `none` to `handler` or `loading` and back; the main thread
 * changes these two to `condemned`, by compare and exchange. So either the code has ended and is not cut off, or the main thread cuts it
 * off and the hypervisor thread waits for that: what it does afterwards is never hit.
 */
export const CODE = { none: 0, handler: 1, loading: 2, condemned: 3, mask: 3, turn: 4 } as const;

/** New words, all 0. */
export function newWords(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * WORDS));
}
