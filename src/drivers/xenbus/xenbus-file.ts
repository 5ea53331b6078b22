import type { FileRequest } from '../../fuse/file-request.ts';
import { DEFERRED, type OpenFile } from '../../fuse/node.ts';
import { errno } from '../../xen/errno.ts';
import { decode, encode, errorOf, HEADER, type Message, messageTypes, strings, textOf } from './message.ts';
import { eachMessage } from './message-splitter.ts';
import { ReplyQueue } from './reply-queue.ts';

/** Size of the message buffer including the header (XENSTORE_PAYLOAD_MAX), so a payload has at most 4080 bytes. */
const BUFFER = 4096;
/**
 * Most memory of unread messages and unanswered requests. Linux is limited only by its memory, and returns ENOMEM when that is used up.
 */
const MOST_WAITING = 2 ** 22;
/** Maximum number of watches, which are also kept here. No tool has more than some thousands. */
const MOST_WATCHES = 2 ** 16;

/** The connection of one open file, from the driver. */
export interface Connection {
  send(message: Uint8Array): void;
  close(): void;
}

/** A request that xenstored has not answered. */
interface Asked {
  readonly size: number;
  /** Called with xenstored's reply; an XS_ERROR if there will be none. */
  answered(reply: Message): void;
}

interface Watch {
  readonly path: string;
  readonly token: string;
}

/**
 * An open xenbus, as in Linux 6.1: programs write requests and read replies and watch events, in chunks of any size. The driver replaces
 * request ids and watch tokens towards xenstored, so clients may reuse theirs.
 */
export class XenbusFile implements OpenFile {
  readonly nonseekable = true;
  readonly #connection: Connection;
  readonly #queue: ReplyQueue;
  /** A partly written message. */
  readonly #partial = new Uint8Array(BUFFER);
  #filled = 0;
  #lastRequest = 0;
  readonly #asked = new Map<number, Asked>();
  #askedBytes = 0;
  readonly #transactions = new Set<number>();
  #lastWatch = 0;
  readonly #watches = new Map<string, Watch>();
  /** The tokens of the watches of a path and a client's token, of which there may be several. */
  readonly #tokens = new Map<string, Set<string>>();

  constructor(connection: Connection, notifyPoll: (handle: bigint) => void) {
    this.#connection = connection;
    this.#queue = new ReplyQueue(notifyPoll);
  }

  read(request: FileRequest, _offset: number, into: Uint8Array, flags: number): number {
    return this.#queue.read(request, into, flags);
  }

  poll(_request: FileRequest, _events: number, handle: bigint | undefined): number {
    return this.#queue.poll(handle);
  }

  /** After any error the partly written message is dropped. */
  write(request: FileRequest, _offset: number, data: Uint8Array): number {
    const before = this.#filled;
    this.#filled = 0;
    if (before + data.length > BUFFER) return -errno.EINVAL;
    this.#partial.set(data, before);
    const have = before + data.length;
    if (have >= HEADER) {
      const needed = HEADER + new DataView(this.#partial.buffer).getUint32(12, true);
      if (needed > BUFFER) return -errno.E2BIG;
      // Further bytes in the same write are dropped with the message.
      if (have >= needed) return this.#perform(request, decode(this.#partial), data.length);
    }
    this.#filled = have;
    return data.length;
  }

  #perform(request: FileRequest, message: Message, written: number): number {
    if (this.#queue.footprint + this.#askedBytes > MOST_WAITING) return -errno.ENOMEM;
    const { type } = message;
    const isWatch = type === messageTypes.watch || type === messageTypes.unwatch;
    const result = isWatch ? this.#watch(request, message, written) : this.#transact(message);
    return result === 0 ? written : result;
  }

  #transact(message: Message): number {
    const { type, request, transaction, payload } = message;
    const ends = type === messageTypes.transactionEnd;
    if (type !== messageTypes.transactionStart && transaction !== 0 && !this.#transactions.has(transaction)) {
      return this.#reply(message, messageTypes.error, 'ENOENT');
    }
    if (ends && !isVerdict(payload)) return this.#reply(message, messageTypes.error, 'EINVAL');
    this.#ask(message, (reply) => {
      if (ends) this.#transactions.delete(transaction);
      if (reply.type === messageTypes.transactionStart)
        this.#transactions.add(Number.parseInt(textOf(reply.payload), 10));
      this.#queue.add(encode({ ...reply, request }));
    });
    return 0;
  }

  /** Linux waits for xenstored's reply before the write returns: if xenstored refuses a watch, the write fails. */
  #watch(request: FileRequest, message: Message, written: number): number {
    const [path, token, rest] = textOf(message.payload).split('\0');
    if (path === undefined || token === undefined || rest === undefined) return -errno.EILSEQ;
    if (message.type === messageTypes.unwatch) {
      const [known] = this.#tokens.get(`${path}\0${token}`) ?? [];
      if (known !== undefined) this.#forgetWatch(known, path);
      return this.#reply(message, message.type, 'OK');
    }
    if (this.#watches.size >= MOST_WATCHES) return -errno.ENOMEM;
    const { type, request: id, transaction } = message; // the payload is overwritten by the next one
    const own = String(++this.#lastWatch);
    this.#keepWatch(own, path, token);
    let wanted = true;
    const pending = request.defer(() => {
      wanted = false; // the caller gets EINTR
    });
    this.#ask({ type, request: id, transaction: 0, payload: strings(path, own) }, (reply) => {
      if (reply.type === messageTypes.error) {
        this.#dropWatch(own);
        pending.error(-errorOf(reply.payload));
      } else if (wanted) {
        this.#reply({ type, request: id, transaction, payload: reply.payload }, type, 'OK');
        pending.written(written);
      } else {
        this.#forgetWatch(own, path);
      }
    });
    return DEFERRED;
  }

  #keepWatch(own: string, path: string, token: string): void {
    this.#watches.set(own, { path, token });
    const key = `${path}\0${token}`;
    const tokens = this.#tokens.get(key);
    if (tokens === undefined) this.#tokens.set(key, new Set([own]));
    else tokens.add(own);
  }

  #dropWatch(own: string): void {
    const { path, token } = this.#watches.get(own) ?? {};
    const key = `${path}\0${token}`;
    const tokens = this.#tokens.get(key);
    this.#watches.delete(own);
    tokens?.delete(own);
    if (tokens?.size === 0) this.#tokens.delete(key);
  }

  #forgetWatch(own: string, path: string): void {
    this.#dropWatch(own);
    this.#ask({ type: messageTypes.unwatch, request: 0, transaction: 0, payload: strings(path, own) }, () => {});
  }

  #ask(message: Message, answered: (reply: Message) => void): void {
    this.#lastRequest = (this.#lastRequest + 1) >>> 0;
    const bytes = encode({ ...message, request: this.#lastRequest });
    this.#asked.set(this.#lastRequest, { size: bytes.length, answered });
    this.#askedBytes += bytes.length;
    this.#connection.send(bytes);
  }

  /** Answers a request without xenstored. */
  #reply({ request, transaction }: Message, type: number, word: string): 0 {
    this.#queue.add(encode({ type, request, transaction, payload: strings(word) }));
    return 0;
  }

  /** Handles messages from xenstored, one after the other. */
  receive(messages: Uint8Array): void {
    for (const bytes of eachMessage(messages)) {
      const message = decode(bytes);
      if (message.type === messageTypes.watchEvent) this.#fire(message);
      else this.#finish(message.request, message);
    }
  }

  #finish(request: number, reply: Message): void {
    const asked = this.#asked.get(request);
    if (asked === undefined) return;
    this.#asked.delete(request);
    this.#askedBytes -= asked.size;
    asked.answered(reply);
  }

  #fire({ payload }: Message): void {
    if (this.#queue.footprint > MOST_WAITING) return;
    const [path = '', own = '', ...more] = textOf(payload).split('\0');
    const watch = this.#watches.get(own);
    if (watch === undefined) return;
    const body = strings(path, watch.token, ...more.slice(0, -1));
    this.#queue.add(encode({ type: messageTypes.watchEvent, request: 0, transaction: 0, payload: body }));
  }

  /**
   * Called when xenstored is gone. In a real dom0, requests would wait forever, since xenstored cannot be restarted; here pending and later
   * requests fail.
   */
  lost(): void {
    this.#transactions.clear();
    this.#watches.clear();
    this.#tokens.clear();
    const refusal = { type: messageTypes.error, transaction: 0, payload: strings('EIO') };
    for (const request of [...this.#asked.keys()]) this.#finish(request, { ...refusal, request });
  }

  /** Closes the connection: xenstored then ends its transactions and watches. */
  release(): void {
    this.#asked.clear();
    this.#connection.close();
  }
}

/** "T" or "F". */
function isVerdict(payload: Uint8Array): boolean {
  return payload.length === 2 && payload[1] === 0 && ['T', 'F'].includes(String.fromCharCode(payload[0] ?? 0));
}
