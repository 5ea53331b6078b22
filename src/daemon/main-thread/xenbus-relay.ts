import { closeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { MessageSplitter } from '../../drivers/xenbus/message-splitter.ts';
import type { StoreEvent } from '../../drivers/xenbus/store-link.ts';
import { errorCode } from '../../linux/system-error.ts';
import type { StoreRequest } from '../protocol/messages.ts';
import { SocketPlaces } from './socket-places.ts';

/** Most bytes that the hypervisor thread has to take from a connection; meanwhile xenstored keeps the rest. */
const MOST_UNTAKEN = 2 ** 17;

/** Where xenstored listens, seen from its clients. Not /var/run: that link would be resolved in this process's own root. */
const SOCKET = 'run/xenstored/socket';
/** Poll interval of a client that waits for xenstored to start. */
const RETRY_MS = 100;
/** Retry interval of a client when xenstored's connection queue is full. */
const BUSY_MS = 10;

export interface RelayOptions {
  /** Sends xenstored's messages to the hypervisor thread; resolves when it has taken them. */
  tell(event: StoreEvent): Promise<unknown>;
  /** Logs a warning for the user. */
  note(text: string): void;
}

/** The main thread's part of xenbus: holds a socket to xenstored for each open file. */
export class XenbusRelay {
  readonly #options: RelayOptions;
  readonly #connections = new Map<number, StoreConnection>();
  readonly #places = new SocketPlaces();
  #hasWarned = false;

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  serve(request: StoreRequest): void {
    const { connection: id } = request;
    if (request.call === 'open') {
      const { tell } = this.#options;
      const warnNoXenstored = () => this.#warnNoXenstored();
      this.#connections.set(
        id,
        new StoreConnection({ id, root: request.root, places: this.#places, tell, warnNoXenstored }),
      );
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
  #warnNoXenstored(): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const advice = 'fauxen run --toolstack starts one';
    this.#options.note(`xenbus: no xenstored listens on /${SOCKET}: requests wait for it, as on Linux. ${advice}`);
  }
}

interface StoreConnectionOptions {
  id: number;
  /** Root directory of the process that opened the file: a toolstack has a private /run. The connection closes it. */
  root: number;
  places: SocketPlaces;
  tell(event: StoreEvent): Promise<unknown>;
  warnNoXenstored(): void;
}

/** One open file's connection. Queues messages until xenstored has started. */
class StoreConnection {
  readonly #options: StoreConnectionOptions;
  #socket: Socket | undefined;
  #looking = false;
  #connected = false;
  #dead = false;
  #closed = false;
  readonly #unsent: Uint8Array[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #splitter = new MessageSplitter();
  #untaken = 0;
  #hasRoot: boolean;

  constructor(options: StoreConnectionOptions) {
    this.#options = options;
    this.#hasRoot = options.root >= 0;
    void this.#connect();
  }

  send(message: Uint8Array): void {
    if (this.#dead) {
      this.#lose();
    } else if (this.#connected) {
      this.#socket?.write(message);
    } else {
      this.#unsent.push(message);
      if (this.#socket === undefined) void this.#connect();
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#dead = true;
    clearTimeout(this.#timer);
    this.#socket?.destroy();
    if (!this.#looking) this.#closeRoot();
  }

  #closeRoot(): void {
    if (this.#hasRoot) closeSync(this.#options.root);
    this.#hasRoot = false;
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#looking) return;
    this.#looking = true;
    const place = await this.#options.places.find(this.#options.root, SOCKET);
    this.#looking = false;
    if (this.#closed) {
      this.#closeRoot();
      if ('fd' in place) await place.close();
    } else if ('fd' in place) this.#open(place);
    else this.#failed(place.code);
  }

  #open(place: FileHandle): void {
    const socket = connect(`/proc/self/fd/${place.fd}`); // at once: what it waits for is the reply
    this.#socket = socket;
    socket.unref();
    let reason = '';
    socket.on('connect', () => {
      this.#connected = true;
      this.#closeRoot(); // each open file takes one descriptor
      void place.close();
      for (const message of this.#unsent.splice(0)) socket.write(message);
    });
    socket.on('data', (data) => this.#receive(data));
    socket.on('error', (error) => {
      reason = errorCode(error) ?? ''; // `close` follows
    });
    socket.on('close', () => {
      if (!this.#connected) void place.close();
      if (!this.#dead) this.#failed(reason);
    });
  }

  /** Not connected, or no longer. */
  #failed(reason: string): void {
    this.#socket = undefined;
    // xenstored's backlog (listen(2)) is full: a blocking connect would wait, too.
    if (!this.#connected && reason === 'EAGAIN') this.#timer = setTimeout(() => void this.#connect(), BUSY_MS).unref();
    else if (this.#connected || reason !== 'ENOENT' || this.#options.root < 0) this.#lose();
    else if (this.#unsent.length > 0) this.#retry();
  }

  /** The socket does not exist yet. */
  #retry(): void {
    this.#options.warnNoXenstored();
    this.#timer = setTimeout(() => void this.#connect(), RETRY_MS);
    this.#timer.unref();
  }

  #lose(): void {
    this.#dead = true;
    this.#unsent.length = 0;
    void this.#options.tell({ connection: this.#options.id, lost: true });
  }

  #receive(data: Buffer): void {
    const messages = this.#splitter.push(data);
    if (messages === undefined) this.#socket?.destroy();
    else if (messages.length > 0) void this.#tell(messages);
  }

  async #tell(messages: Uint8Array): Promise<void> {
    this.#untaken += messages.length;
    if (this.#untaken > MOST_UNTAKEN) this.#socket?.pause();
    await this.#options.tell({ connection: this.#options.id, messages });
    this.#untaken -= messages.length;
    if (this.#untaken <= MOST_UNTAKEN) this.#socket?.resume();
  }
}
