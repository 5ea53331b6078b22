/** A hypercall in C that ended in a trap: a pointer followed that is not the module's, a BUG, a division by zero. */
export class CHandlerError extends Error {
  override readonly name = 'CHandlerError';

  constructor(message: string) {
    super(message);
    this.stack = `CHandlerError: ${message}`; // the real one shows Fauxen, not the user's file
  }
}
