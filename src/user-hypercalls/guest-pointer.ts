/** Called for each guest pointer that a handler used as if it were the data behind it. */
export type MisuseListener = (pointer: GuestPointer) => void;

let listener: MisuseListener | undefined;

/** Sets the listener for misuse while a handler runs; undefined removes it. */
export function onPointerMisuse(next: MisuseListener | undefined): void {
  listener = next;
}

/**
 * An address in the caller's memory (Xen: a guest handle). The hypervisor cannot follow it: `xen.copyFromGuest`,
 * `xen.copyToGuest` and `xen.readString` can. Printing it or using it as text shows the address, and is noted for `fauxen explain`.
 */
export class GuestPointer {
  /** The virtual address in the caller: below 2^47 for user space; a larger one is never valid. */
  readonly address: number;

  constructor(address: number) {
    this.address = address;
  }

  get isNull(): boolean {
    return this.address === 0;
  }

  /** The pointer plus `bytes`. */
  plus(bytes: number): GuestPointer {
    return new GuestPointer(this.address + bytes);
  }

  toString(): string {
    listener?.(this);
    return `<guest pointer 0x${this.address.toString(16)}, not copied>`;
  }

  toJSON(): string {
    return this.toString();
  }
}
