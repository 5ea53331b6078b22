/** Called when the user's code starts and ends, so that the daemon can limit its time. */
export interface CodeWatch {
  /** A handler or the top-level code of a file starts. `what`: its name for messages. */
  begin(kind: 'handler' | 'loading', what: string): void;
  /** It has ended, by returning or by an exception. */
  end(): void;
}

/** No time limit: for use without a daemon. */
export const unwatched: CodeWatch = { begin() {}, end() {} };
