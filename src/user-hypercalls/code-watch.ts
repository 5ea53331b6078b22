/** Told when code of the user's runs: the daemon limits it in time. */
export interface CodeWatch {
  /** A handler, or the top-level code of a file, begins. `what`: its name for messages. */
  begin(kind: 'handler' | 'loading', what: string): void;
  /** It has ended, by returning or by an exception. */
  end(): void;
}

/** Nobody limits it: where hypercalls are used without a daemon. */
export const unwatched: CodeWatch = { begin() {}, end() {} };
