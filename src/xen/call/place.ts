/** A source location. V8 formats the text of a stack only when it is first read, so storing one is cheap. */
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

/** "file:line:column" of a place, in the code that runs: where that was bundled, not in its source. */
export function positionOf(place: Place): string | undefined {
  return /\(?((?:file:\/\/)?\/[^()]+:\d+:\d+)\)?$/.exec(place.stack ?? '')?.[1];
}
