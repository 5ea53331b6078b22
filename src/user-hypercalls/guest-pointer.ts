import type { Call } from '../xen/call/call.ts';
import { placeInHandler } from './place.ts';

/**
 * An address in the caller's memory (Xen: a guest handle). The hypervisor cannot follow it: `xen.copyFromGuest`,
 * `xen.copyToGuest` and `xen.readString` can. Printing it or using it as text shows the address, and is noted for `fauxen explain`.
 */
export class GuestPointer {
  /** The virtual address in the caller: below 2^47 for user space; a larger one is never valid. */
  readonly address: number;
  /** The call that it came with, which gets the note. */
  readonly #call: Call | undefined;

  constructor(address: number, call?: Call) {
    this.address = address;
    this.#call = call;
  }

  get isNull(): boolean {
    return this.address === 0;
  }

  /** The pointer plus `bytes`. */
  plus(bytes: number): GuestPointer {
    return new GuestPointer(this.address + bytes, this.#call);
  }

  toString(): string {
    const shown = `0x${this.address.toString(16)}`;
    const call = this.#call?.hypervisor.current; // not the pointer's own call, if a handler kept it for a later one
    if (call !== undefined) call.remark ??= { kind: 'pointer', text: shown, ...placeInHandler(call) };
    return `<guest pointer ${shown}, not copied>`;
  }

  toJSON(): string {
    return this.toString();
  }
}
