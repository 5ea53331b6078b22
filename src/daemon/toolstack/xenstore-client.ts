import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { decode, encode, type Message, messageTypes } from '../../drivers/xenbus/message.ts';
import { eachMessage, MessageSplitter } from '../../drivers/xenbus/message-splitter.ts';
import { errorCode } from '../../linux/system-error.ts';

/** Pause before the next attempt if xenstored's connection queue is full, and the number of attempts: ten seconds in total. */
const BUSY_MS = 1;
const MOST_TRIES = 10_000;

interface Waiting {
  resolve(payload: Buffer): void;
  reject(error: Error): void;
}

/** A request outside of transactions whose answer says only whether it failed. */
export interface StoreRequest {
  readonly type: number;
  readonly payload: string;
}

export function writing(path: string, value: string): StoreRequest {
  return { type: messageTypes.write, payload: `${path}\0${value}` };
}

/** Introduces a domain with a xenstore ring, which xenstored maps through the domain's grant. */
export function introducing(domain: number, frame: number, port: number): StoreRequest {
  return { type: messageTypes.introduce, payload: `${domain}\0${frame}\0${port}\0` };
}

/** A connection to xenstored's socket, as dom0. Requests may be pipelined. */
export class XenstoreClient {
  /** Called for each watch event, with path and token. */
  onWatch: ((path: string, token: string) => void) | undefined;
  /** Called when xenstored has closed the connection, that is, has ended. */
  onEnd: (() => void) | undefined;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #splitter = new MessageSplitter();
  #lastId = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (data) => this.#receive(data));
    socket.on('error', () => {}); // `close` follows
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('xenstored closed the connection'));
      this.#waiting.clear();
      this.onEnd?.();
    });
  }

  static async open(path: string): Promise<XenstoreClient> {
    for (let tries = 1; ; tries += 1) {
      const socket = connect(path);
      try {
        await once(socket, 'connect');
        return new XenstoreClient(socket);
      } catch (error) {
        // Its connection queue is short, and it accepts one connection at a time.
        if (errorCode(error) !== 'EAGAIN' || tries === MOST_TRIES) throw error;
        await sleep(BUSY_MS);
      }
    }
  }

  async read(path: string): Promise<string> {
    return (await this.#request(messageTypes.read, `${path}\0`)).toString('utf8');
  }

  /** Writes `to` if the value is `from`, in one transaction. Returns whether it was. */
  async swap(path: string, from: string, to: string): Promise<boolean> {
    for (;;) {
      const started = await this.#request(messageTypes.transactionStart, '\0');
      const transaction = Number(started.toString('latin1').replace(/\0$/, ''));
      const value = (
        await this.#request(messageTypes.read, `${path}\0`, transaction).catch(() => Buffer.alloc(0))
      ).toString('utf8');
      if (value === from) await this.#request(messageTypes.write, `${path}\0${to}`, transaction);
      try {
        await this.#request(messageTypes.transactionEnd, value === from ? 'T\0' : 'F\0', transaction);
        return value === from;
      } catch (error) {
        if (!(error instanceof Error) || error.message !== 'EAGAIN') throw error;
      }
    }
  }

  async write(path: string, value: string): Promise<void> {
    const { type, payload } = writing(path, value);
    await this.#request(type, payload);
  }

  /**
   * Sends many requests in one piece. Resolves when all are answered; a failure does not affect the others, and the first failure
   * rejects. A promise for each would cost more than the requests.
   */
  async all(requests: readonly StoreRequest[]): Promise<void> {
    if (requests.length === 0) return;
    let left = requests.length;
    let failure: Error | undefined;
    await new Promise<void>((resolve, reject) => {
      const answered = (error?: Error) => {
        failure ??= error;
        left -= 1;
        if (left > 0) return;
        if (failure === undefined) resolve();
        else reject(failure);
      };
      const waiting: Waiting = { resolve: () => answered(), reject: answered };
      this.#socket.write(Buffer.concat(requests.map(({ type, payload }) => this.#encode(type, payload, 0, waiting))));
    });
  }

  async remove(path: string): Promise<void> {
    await this.#request(messageTypes.remove, `${path}\0`);
  }

  async watch(path: string, token: string): Promise<void> {
    await this.#request(messageTypes.watch, `${path}\0${token}\0`);
  }

  close(): void {
    this.onEnd = undefined;
    this.#socket.destroy();
  }

  /** Lets the process end while the connection is open. */
  unref(): void {
    this.#socket.unref();
  }

  #request(type: number, payload: string, transaction = 0): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#socket.write(this.#encode(type, payload, transaction, { resolve, reject }));
    });
  }

  /** The bytes of a request, whose answer goes to `waiting`. */
  #encode(type: number, payload: string, transaction: number, waiting: Waiting): Uint8Array {
    this.#lastId = (this.#lastId + 1) % 2 ** 32;
    this.#waiting.set(this.#lastId, waiting);
    return encode({ type, request: this.#lastId, transaction, payload: Buffer.from(payload) });
  }

  #receive(data: Buffer): void {
    const messages = this.#splitter.push(data);
    if (messages === undefined) this.#socket.destroy();
    else for (const message of eachMessage(messages)) this.#dispatch(decode(message));
  }

  #dispatch({ type, request, payload: bytes }: Message): void {
    const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (type === messageTypes.watchEvent) {
      const [path = '', token = ''] = payload.toString('utf8').split('\0');
      this.onWatch?.(path, token);
      return;
    }
    const waiting = this.#waiting.get(request);
    this.#waiting.delete(request);
    if (type === messageTypes.error) waiting?.reject(new Error(payload.toString('latin1').replace(/\0$/, '')));
    else waiting?.resolve(payload);
  }
}
