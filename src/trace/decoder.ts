import { AFTER, at, CALL, type CallerNote, guestTypes, type Note, type RowNote } from './record.ts';

/** One hypercall of a trace. */
export interface TracedCall {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly micros: number;
  readonly caller: CallerNote;
  readonly domid: number;
  readonly guest: (typeof guestTypes)[number];
  readonly wordSize: number;
  /** 1 for an entry of a multicall, which comes before the multicall itself. */
  readonly depth: number;
  readonly number: bigint;
  /** Undefined if the table has no such number. */
  readonly row: RowNote | undefined;
  readonly args: readonly bigint[];
  readonly result: bigint;
  /** What the arguments pointed to, as far as it was copied; by the argument's index. */
  readonly before: ReadonlyMap<number, Uint8Array>;
  readonly after: ReadonlyMap<number, Uint8Array>;
}

export interface DecoderListener {
  call(call: TracedCall): void;
  /** Calls that are missing at this point because the reader was too slow. */
  lost?(calls: number): void;
  start?(xen: string, dom0Bits: 32 | 64): void;
}

/** Decodes raw records into calls. The bytes may come in chunks of any size. */
export class Decoder {
  readonly #listener: DecoderListener;
  readonly #rows = new Map<number, RowNote>();
  readonly #callers = new Map<number, CallerNote>();
  #rest: Uint8Array = new Uint8Array(0);

  constructor(listener: DecoderListener) {
    this.#listener = listener;
  }

  push(bytes: Uint8Array): void {
    const joined = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    // A copy: a Buffer's slice() would share the memory, which the reader reuses.
    const all = new Uint8Array(joined.buffer, joined.byteOffset, joined.length);
    const view = new DataView(all.buffer, all.byteOffset, all.byteLength);
    let position = 0;
    while (all.length - position >= 8) {
      const size = view.getUint32(position, true);
      if (size < 8) throw new Error(`not a trace: a record of ${size} bytes at ${position}. Is it another version's?`);
      if (all.length - position < size) break;
      this.#record(all.subarray(position, position + size));
      position += size;
    }
    this.#rest = all.slice(position);
  }

  #record(bytes: Uint8Array): void {
    if (bytes[at.kind] === CALL) this.#listener.call(this.#call(bytes));
    else this.#note(JSON.parse(new TextDecoder().decode(bytes.subarray(8))) as Note); // Recorder.note wrote it
  }

  #note(note: Note): void {
    if (note.type === 'row') this.#rows.set(note.id, note);
    else if (note.type === 'caller') this.#callers.set(note.tid, note);
    else if (note.type === 'lost') this.#listener.lost?.(note.calls);
    else this.#listener.start?.(note.xen, note.dom0Bits);
  }

  #call(bytes: Uint8Array): TracedCall {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const tid = view.getInt32(at.tid, true);
    const before = new Map<number, Uint8Array>();
    const after = new Map<number, Uint8Array>();
    for (let position: number = at.copies; position + 4 <= bytes.length; ) {
      const length = view.getUint16(position + 2, true);
      const into = view.getUint8(position + 1) === AFTER ? after : before;
      into.set(view.getUint8(position), bytes.slice(position + 4, position + 4 + length));
      position = (position + 4 + length + 3) & ~3;
    }
    return {
      time: view.getFloat64(at.time, true),
      micros: view.getFloat64(at.micros, true),
      caller: this.#callers.get(tid) ?? { type: 'caller', tid, pid: tid, comm: '?' },
      domid: view.getInt32(at.domid, true),
      guest: guestTypes[view.getUint8(at.guest)] ?? 'pv',
      wordSize: view.getUint8(at.wordSize),
      depth: view.getUint8(at.depth),
      number: view.getBigUint64(at.call, true),
      row: this.#rows.get(view.getUint32(at.row, true)),
      args: [1, 2, 3, 4, 5].map((index) => view.getBigUint64(at.call + 8 * index, true)),
      result: view.getBigInt64(at.result, true),
      before,
      after,
    };
  }
}
