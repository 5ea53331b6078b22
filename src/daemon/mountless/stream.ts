import type { FileRequest } from '../../fuse/file-request.ts';
import type { OpenFile } from '../../fuse/node.ts';
import { close, POLL, read } from '../../linux/io.ts';
import { send } from '../../linux/socket-pair.ts';

const O_NONBLOCK = 0o4000;

/** Most bytes of one write(2) that reach the device in one piece, as with FUSE. */
const PIECE = 4096;

/** One for each direction, because a write to the device may produce data to read. */
const incoming = Buffer.alloc(PIECE);
const outgoing = Buffer.alloc(PIECE);

/**
 * A device that programs read, write and poll (evtchn, xenbus), as a socket. Data from the device is sent to the program at once, and data
 * from the program is passed to the device. Programs wait in the kernel, which wakes them.
 */
export class Stream {
  /** Our end of the socket. */
  readonly fd: number;
  readonly file: OpenFile;
  /** The argument of the device's poll(). */
  readonly handle: bigint;
  /** Data from the device that the socket had no room for. */
  #unsent = new Uint8Array(0);
  readonly #request: FileRequest;

  constructor(fd: number, file: OpenFile, handle: bigint, request: FileRequest) {
    this.fd = fd;
    this.file = file;
    this.handle = handle;
    this.#request = request;
  }

  /** The events to wait for on our end: data from programs, and room if there is unsent data. */
  get events(): number {
    return POLL.IN | (this.#unsent.length > 0 ? POLL.OUT : 0);
  }

  /** Sends the data that the device has, and asks the device to report more. */
  pump(): void {
    while (this.#flush()) {
      const count = this.file.read?.(this.#request, 0, outgoing, O_NONBLOCK) ?? 0;
      if (count <= 0) {
        this.file.poll?.(this.#request, POLL.IN, this.handle);
        return;
      }
      this.#unsent = Uint8Array.from(outgoing.subarray(0, count));
    }
  }

  /** Passes on what programs have written. Returns false once no program has the other end open. */
  drain(): boolean {
    for (;;) {
      const count = read(this.fd, incoming); // our end is non-blocking
      if (count === 0) return false;
      if (count < 0) return true;
      this.file.write?.(this.#request, 0, incoming.subarray(0, count), O_NONBLOCK);
    }
  }

  close(): void {
    this.file.release?.(this.#request);
    close(this.fd);
  }

  /** Whether everything is sent. */
  #flush(): boolean {
    while (this.#unsent.length > 0) {
      const sent = send(this.fd, this.#unsent);
      if (sent < 0) return false;
      this.#unsent = this.#unsent.subarray(sent);
    }
    return true;
  }
}
