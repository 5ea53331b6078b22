/** Fauxen itself could not do what it was asked: exit status 125, unless `status` says otherwise. */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly status: number;
  constructor(message: string, status = 125) {
    super(message);
    this.status = status;
  }
}

/** The program is not there (127), or cannot be executed (126). */
export class NotExecuted extends RunError {}
