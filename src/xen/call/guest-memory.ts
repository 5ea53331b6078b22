/**
 * Memory of the process that makes a hypercall, at its own virtual addresses. An address at or above 2^47 (see
 * USER_ADDRESS_LIMIT) is never read or written. Both methods return the number of bytes copied: fewer than asked means
 * that the copy met a page that is absent or protected there. They never throw.
 */
export interface GuestMemory {
  /** Copies `length` bytes from `address` to `into` at `offset`. */
  read(address: number, into: Uint8Array, offset: number, length: number): number;
  /** Copies `length` bytes of `from` at `offset` to `address`. */
  write(address: number, from: Uint8Array, offset: number, length: number): number;
}

/** First address that is not in user space on x86-64 with four-level paging. */
export const USER_ADDRESS_LIMIT = 2 ** 47;
