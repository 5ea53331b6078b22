// Access to another process's memory map (copies, /proc/PID/maps, /proc/PID/pagemap) waits while that process maps or unmaps memory. Its
// unmap may in turn wait for the write-back of a page that only this thread can serve. Fauxen's watchdog breaks this deadlock.

/**
 * State of this thread, since a module is loaded once per thread. It is not passed around: calls that examine a process are made in a dozen
 * modules, down to each single copy, and all must count into the same two words.
 */
let words: Int32Array = new Int32Array(2);
let depth = 0;

/**
 * From now on the first word is odd while the calling thread examines another process, and the second is 1 while it waits for one that
 * it traces to stop. Only this thread may write to them.
 */
export function showExaminationsIn(shared: Int32Array): void {
  words = shared;
}

/** Waits for a traced thread to stop, which may happen only after this thread has served a request. */
export function awaitStop<T>(wait: () => T): T {
  words[1] = 1;
  try {
    return examine(wait);
  } finally {
    words[1] = 0;
  }
}

/** Must be followed by endExamination(). Both may be nested. */
export function beginExamination(): void {
  depth += 1;
  if (depth === 1) step();
}

export function endExamination(): void {
  depth -= 1;
  if (depth === 0) step();
}

/** Runs a function that examines another process. */
export function examine<T>(work: () => T): T {
  beginExamination();
  try {
    return work();
  } finally {
    endExamination();
  }
}

/** Called after the code on this thread was cut off, wherever it was: cut-off code runs no `finally`. */
export function endAllExaminations(): void {
  depth = 0;
  words[1] = 0;
  if (words[0]! % 2 !== 0) step();
}

/** A plain store is enough: the watchdog polls every 50 ms and may see it late. */
function step(): void {
  words[0] = (words[0]! + 1) | 0;
}
