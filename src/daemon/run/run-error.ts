import { writeAll } from '../log/write-all.ts';

/** A failure of Fauxen itself: exit status 125, unless `status` is set. */
export class RunError extends Error {
  override readonly name = 'RunError';
  readonly status: number;
  constructor(message: string, status = 125) {
    super(message);
    this.status = status;
  }
}

/** The program was not found (127) or cannot be executed (126). */
export class NotExecuted extends RunError {}

/** The program's view could not be made: the kernel, or a container's rules, refused a mount. */
export class ViewRefused extends RunError {}

/** The mount answered EIO, as it does while a caller's memory does not respond (docs/security.md): nothing was done. */
export class MountStuck extends RunError {}

/** Reports a program that cannot be executed, and returns the exit status. Throws other errors. */
export function statusOf(error: unknown): number {
  if (!(error instanceof NotExecuted)) throw error;
  writeAll(2, `fauxen: ${error.message}\n`);
  return error.status;
}
