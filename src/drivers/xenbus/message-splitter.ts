import { at, HEADER } from './message.ts';

/** Longest valid message. XENSTORE_PAYLOAD_MAX is 4096, but the reply to a listing may be longer. */
const MOST_PAYLOAD = 2 ** 24;

/** Splits the bytes from xenstored's socket, which come in chunks of any size, into whole messages. */
export class MessageSplitter {
  /** An incomplete message. */
  #rest: Buffer = Buffer.alloc(0);

  /** A copy of the messages that these bytes complete, one after the other; undefined if one is too long to be valid. */
  push(data: Buffer): Uint8Array | undefined {
    const received = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    let end = 0;
    while (received.length - end >= HEADER) {
      const payload = received.readUInt32LE(end + at.length);
      if (payload > MOST_PAYLOAD) return undefined;
      if (received.length - end < HEADER + payload) break;
      end += HEADER + payload;
    }
    this.#rest = Buffer.from(received.subarray(end));
    return Uint8Array.from(received.subarray(0, end));
  }
}

/** Each of some messages that stand one after the other, as views. */
export function* eachMessage(messages: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(messages.buffer, messages.byteOffset, messages.length);
  for (let start = 0, end = 0; start < messages.length; start = end) {
    end = start + HEADER + view.getUint32(start + at.length, true);
    yield messages.subarray(start, end);
  }
}
