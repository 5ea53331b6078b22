/** A hypercall in C that ended in a trap: a pointer followed that is not the module's, a BUG, a division by zero. */
export class CHandlerError extends Error {
  override readonly name = 'CHandlerError';
}
