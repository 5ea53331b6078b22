import { at, HEADER } from './message.ts';

/** Longest valid message. XENSTORE_PAYLOAD_MAX is 4096, but the reply to a listing may be longer. */
const MOST_PAYLOAD = 2 ** 24;

/** Splits the bytes from xenstored's socket, which come in chunks of any size, into whole messages. */
export class MessageSplitter {
  #received: Buffer = Buffer.alloc(0);

  /** The messages that these bytes complete, as copies; undefined if one is too long to be valid. */
  push(data: Buffer): Uint8Array[] | undefined {
    this.#received = this.#received.length === 0 ? data : Buffer.concat([this.#received, data]);
    const messages: Uint8Array[] = [];
    while (this.#received.length >= HEADER) {
      const payload = this.#received.readUInt32LE(at.length);
      if (payload > MOST_PAYLOAD) return undefined;
      const end = HEADER + payload;
      if (this.#received.length < end) break;
      messages.push(Uint8Array.from(this.#received.subarray(0, end)));
      this.#received = this.#received.subarray(end);
    }
    return messages;
  }
}
