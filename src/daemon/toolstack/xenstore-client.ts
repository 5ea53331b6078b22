import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** xs_wire.h. */
const XS = {
  directory: 1,
  read: 2,
  watch: 4,
  introduce: 8,
  release: 9,
  write: 11,
  rm: 13,
  watchEvent: 15,
  error: 16,
} as const;
const HEADER = 16;

interface Waiting {
  resolve(payload: Buffer): void;
  reject(error: Error): void;
}

/** A connection to xenstored's socket, as dom0. Requests may be pipelined. */
export class XenstoreClient {
  /** Called for each watch event, with path and token. */
  onWatch: ((path: string, token: string) => void) | undefined;
  /** Called when xenstored has closed the connection, that is, has ended. */
  onEnd: (() => void) | undefined;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #received: Buffer = Buffer.alloc(0);
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
    const socket = connect(path);
    await once(socket, 'connect');
    return new XenstoreClient(socket);
  }

  async read(path: string): Promise<string> {
    return (await this.#request(XS.read, `${path}\0`)).toString('utf8');
  }

  async write(path: string, value: string): Promise<void> {
    await this.#request(XS.write, `${path}\0${value}`);
  }

  async remove(path: string): Promise<void> {
    await this.#request(XS.rm, `${path}\0`);
  }

  async watch(path: string, token: string): Promise<void> {
    await this.#request(XS.watch, `${path}\0${token}\0`);
  }

  /** Introduces a domain with a xenstore ring, which xenstored maps through the domain's grant. */
  async introduce(domain: number, frame: number, port: number): Promise<void> {
    await this.#request(XS.introduce, `${domain}\0${frame}\0${port}\0`);
  }

  close(): void {
    this.onEnd = undefined;
    this.#socket.destroy();
  }

  /** Lets the process end while the connection is open. */
  unref(): void {
    this.#socket.unref();
  }

  #request(type: number, payload: string): Promise<Buffer> {
    const body = Buffer.from(payload);
    const message = Buffer.alloc(HEADER + body.length);
    this.#lastId = (this.#lastId + 1) % 2 ** 32;
    const id = this.#lastId;
    message.writeUInt32LE(type, 0);
    message.writeUInt32LE(id, 4);
    message.writeUInt32LE(body.length, 12);
    body.copy(message, HEADER);
    this.#socket.write(message);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #receive(data: Buffer): void {
    this.#received = this.#received.length === 0 ? data : Buffer.concat([this.#received, data]);
    for (;;) {
      if (this.#received.length < HEADER) return;
      const end = HEADER + this.#received.readUInt32LE(12);
      if (this.#received.length < end) return;
      this.#dispatch(
        this.#received.readUInt32LE(0),
        this.#received.readUInt32LE(4),
        this.#received.subarray(HEADER, end),
      );
      this.#received = this.#received.subarray(end);
    }
  }

  #dispatch(type: number, id: number, payload: Buffer): void {
    if (type === XS.watchEvent) {
      const [path = '', token = ''] = payload.toString('utf8').split('\0');
      this.onWatch?.(path, token);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (type === XS.error) waiting?.reject(new Error(payload.toString('latin1').replace(/\0$/, '')));
    else waiting?.resolve(payload);
  }
}
