import type { Domain } from '../../src/xen/domain/domain.ts';

/** Where struct xencons_interface (io/console.h) has its indices. */
export const INDEX = { taken: 3072, typed: 3076, fetched: 3080, printed: 3084 } as const;

/** xenconsoled's end of a console ring, one byte at a time. */
export class OtherEnd {
  readonly #domain: Domain;
  readonly #frame: number;

  constructor(domain: Domain, frame: number) {
    this.#domain = domain;
    this.#frame = frame;
  }

  type(text: string): void {
    for (const byte of new TextEncoder().encode(text)) {
      const produced = this.index(INDEX.typed);
      this.#domain.memory.writeFrame(this.#frame, produced % 1024, Uint8Array.of(byte));
      this.setIndex(INDEX.typed, produced + 1);
    }
  }

  fetch(most = 2048): string {
    const bytes: number[] = [];
    const byte = new Uint8Array(1);
    for (
      let at = this.index(INDEX.fetched);
      at !== this.index(INDEX.printed) && bytes.length < most;
      at = (at + 1) >>> 0
    ) {
      this.#domain.memory.readFrame(this.#frame, 1024 + (at % 2048), byte);
      bytes.push(byte[0] ?? 0);
      this.setIndex(INDEX.fetched, at + 1);
    }
    return new TextDecoder().decode(Uint8Array.from(bytes));
  }

  index(at: number): number {
    const bytes = new Uint8Array(4);
    this.#domain.memory.readFrame(this.#frame, at, bytes);
    return new DataView(bytes.buffer).getUint32(0, true);
  }

  setIndex(at: number, value: number): void {
    this.#domain.memory.writeFrame(this.#frame, at, new Uint8Array(Uint32Array.of(value).buffer));
  }
}
