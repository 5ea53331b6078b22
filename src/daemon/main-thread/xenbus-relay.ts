import { closeSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { MessageSplitter } from '../../drivers/xenbus/message-splitter.ts';
import type { StoreEvent } from '../../drivers/xenbus/store-link.ts';
import { errorCode } from '../../linux/system-error.ts';
import type { StoreRequest } from '../protocol/messages.ts';

/** Where xenstored listens, seen from its clients. Not /var/run: that link would be resolved in this process's own root. */
const SOCKET = 'run/xenstored/socket';
/** Poll interval of a client that waits for xenstored to start. */
const RETRY_MS = 100;
/** Retry interval of a client when xenstored's connection queue is full. */
const BUSY_MS = 10;

export interface RelayOptions {
  /** Sends xenstored's message to the hypervisor thread. */
  tell(events: StoreEvent[]): void;
  /** Logs a warning for the user. */
  note(text: string): void;
}

/** The main thread's part of xenbus: holds a socket to xenstored for each open file. */
export class XenbusRelay {
  readonly #options: RelayOptions;
  readonly #connections = new Map<number, StoreConnection>();
  #saidNone = false;

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  serve(request: StoreRequest): void {
    const { connection: id } = request;
    if (request.call === 'open') {
      this.#connections.set(id, new StoreConnection(id, request.root, this.#options.tell, () => this.#sayNone()));
    } else if (request.call === 'send') {
      this.#connections.get(id)?.send(request.message);
    } else {
      this.#connections.get(id)?.close();
      this.#connections.delete(id);
    }
  }

  /** Called when the hypervisor thread has ended. */
  end(): void {
    for (const connection of this.#connections.values()) connection.close();
    this.#connections.clear();
  }

  /** Warns once: the message is the same for every client. */
  #sayNone(): void {
    if (this.#saidNone) return;
    this.#saidNone = true;
    const advice = 'fauxen run --toolstack starts one';
    this.#options.note(`xenbus: no xenstored listens on /${SOCKET}: requests wait for it, as on Linux. ${advice}`);
  }
}

/** One open file's connection. Queues messages until xenstored has started. */
class StoreConnection {
  readonly #id: number;
  /** Root directory of the process that opened the file: a toolstack has a private /run. */
  readonly #root: number;
  readonly #tell: (events: StoreEvent[]) => void;
  readonly #sayNone: () => void;
  #socket: Socket | undefined;
  #connected = false;
  #dead = false;
  #closed = false;
  readonly #unsent: Uint8Array[] = [];
  #timer: NodeJS.Timeout | undefined;
  #splitter = new MessageSplitter();

  constructor(id: number, root: number, tell: (events: StoreEvent[]) => void, sayNone: () => void) {
    this.#id = id;
    this.#root = root;
    this.#tell = tell;
    this.#sayNone = sayNone;
    this.#connect();
  }

  send(message: Uint8Array): void {
    if (this.#dead) {
      this.#lose();
    } else if (this.#connected) {
      this.#socket?.write(message);
    } else {
      this.#unsent.push(message);
      if (this.#socket === undefined) this.#connect();
    }
  }

  close(): void {
    if (this.#root >= 0 && !this.#closed) closeSync(this.#root);
    this.#closed = true;
    this.#dead = true;
    clearTimeout(this.#timer);
    this.#socket?.destroy();
  }

  #connect(): void {
    clearTimeout(this.#timer);
    const socket = connect(`/proc/self/fd/${this.#root}/${SOCKET}`);
    this.#socket = socket;
    socket.unref();
    let reason = '';
    socket.on('connect', () => {
      this.#connected = true;
      for (const message of this.#unsent.splice(0)) socket.write(message);
    });
    socket.on('data', (data) => this.#receive(data));
    socket.on('error', (error) => {
      reason = errorCode(error) ?? ''; // `close` follows
    });
    socket.on('close', () => {
      if (this.#dead) return;
      this.#socket = undefined;
      // xenstored's backlog (listen(2)) is full: a blocking connect would wait, too.
      if (!this.#connected && reason === 'EAGAIN') this.#timer = setTimeout(() => this.#connect(), BUSY_MS).unref();
      else if (this.#connected || reason !== 'ENOENT' || this.#root < 0) this.#lose();
      else if (this.#unsent.length > 0) this.#retry();
    });
  }

  /** The socket does not exist yet. */
  #retry(): void {
    this.#sayNone();
    this.#timer = setTimeout(() => this.#connect(), RETRY_MS);
    this.#timer.unref();
  }

  #lose(): void {
    this.#dead = true;
    this.#unsent.length = 0;
    this.#tell([{ connection: this.#id, lost: true }]);
  }

  #receive(data: Buffer): void {
    const messages = this.#splitter.push(data);
    if (messages === undefined) this.#socket?.destroy();
    else if (messages.length > 0) this.#tell(messages.map((message) => ({ connection: this.#id, message })));
  }
}
