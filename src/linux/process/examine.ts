// Whatever needs another process's memory map (copies, /proc/PID/maps, /proc/PID/pagemap) waits while that process maps or unmaps, and
// that may itself wait for the write-back of a page that only this thread can serve. Fauxen's watchdog ends such a circle if it sees it.

/** This thread's words, as this module is loaded once per thread. */
let words: Int32Array = new Int32Array(2);
let depth = 0;

/**
 * From now on the first word is odd while the calling thread examines another process, and the second is 1 while it waits for one that
 * it traces to stop. Only this thread may write to them.
 */
export function showExaminationsIn(shared: Int32Array): void {
  words = shared;
}

/** Waits for a stop of a traced thread, which may not come before this thread has served something. */
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

/** A plain store is enough: the watchdog polls every 50 ms and may see it late. */
function step(): void {
  words[0] = (words[0]! + 1) | 0;
}
