/** Where something was written. V8 makes the text of a stack only when it is first read, so that keeping one is cheap. */
export interface Place {
  readonly stack?: string;
}

/** The place that called `callee`. */
export function placeOfCaller(callee: (...args: never[]) => unknown): Place {
  const place: Place = {};
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(place, callee);
  Error.stackTraceLimit = stackTraceLimit;
  return place;
}
