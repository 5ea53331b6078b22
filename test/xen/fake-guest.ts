import type { GuestMemory } from '../../src/xen/call/guest-memory.ts';

/** A caller's memory in one buffer that starts at `base`; accesses outside it fault. */
export class FakeGuest implements GuestMemory {
  readonly base: number;
  readonly bytes: Uint8Array;
  readonly view: DataView;

  constructor(size = 65536, base = 0x10000) {
    this.base = base;
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  read(address: number, into: Uint8Array, offset: number, length: number): number {
    const count = this.#inside(address, length);
    into.set(this.bytes.subarray(address - this.base, address - this.base + count), offset);
    return count;
  }

  write(address: number, from: Uint8Array, offset: number, length: number): number {
    const count = this.#inside(address, length);
    if (count > 0) this.bytes.set(from.subarray(offset, offset + count), address - this.base);
    return count;
  }

  #inside(address: number, length: number): number {
    const at = address - this.base;
    return at >= 0 && at < this.bytes.length ? Math.min(length, this.bytes.length - at) : 0;
  }
}
