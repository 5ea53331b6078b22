/** A hypercall in C ended in a trap: an access through a foreign pointer, a BUG, a division by zero. */
export class CHandlerError extends Error {
  override readonly name = 'CHandlerError';

  constructor(message: string) {
    super(message);
    this.stack = `CHandlerError: ${message}`; // the original stack shows Fauxen's code, not the user's file
  }
}
