import { readSync, writeSync } from 'node:fs';
import { SHARED } from './messages.ts';

/** A copy that takes this long twice over is stuck: a real one takes microseconds. */
const INTERVAL_MS = 50;

/** As large as the session's own buffer: the kernel refuses a read with less than a write of its largest size needs. */
const BUFFER_SIZE = 1024 * 1024 + 4096;

const READ = 15;
const EIO = 5;

/**
 * A caller may pass a pointer into its own mapping of a Fauxen file. The copy then faults, the kernel asks Fauxen for the page,
 * and the hypervisor thread, which would answer, is the one that waits. So this thread looks on: it takes the mount's requests
 * while a copy is stuck, and fails the reads with EIO, upon which the copy ends in EFAULT. What else it took goes to the
 * hypervisor thread.
 */
export class Watchdog {
  readonly #shared: Int32Array;
  readonly #fuse: number;
  readonly #handOver: (messages: Uint8Array[]) => void;
  #timer: NodeJS.Timeout | undefined;
  #seen = 0;
  #buffer: Buffer | undefined;
  #serving = false;

  constructor(shared: Int32Array, fuse: number, handOver: (messages: Uint8Array[]) => void) {
    this.#shared = shared;
    this.#fuse = fuse;
    this.#handOver = handOver;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#look(), INTERVAL_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    const now = Atomics.load(this.#shared, SHARED.copying);
    const isStuck = now % 2 !== 0 && now === this.#seen;
    this.#seen = now;
    if (!isStuck || this.#serving) return;
    this.#serving = true;
    try {
      await this.#serve(now);
    } finally {
      this.#serving = false;
    }
  }

  /** Takes requests until the copy has ended. */
  async #serve(copy: number): Promise<void> {
    const { PollSet } = await import('../linux/io.ts');
    const set = new PollSet(1);
    set.add(this.#fuse);
    const taken: Uint8Array[] = [];
    while (Atomics.load(this.#shared, SHARED.copying) === copy) {
      if (set.wait(0) > 0) {
        const message = this.#take();
        if (message !== undefined) taken.push(message);
      } else {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
    this.#handOver(taken);
  }

  /** Reads one request; answers it if it is a READ, returns a copy if not. */
  #take(): Uint8Array | undefined {
    this.#buffer ??= Buffer.allocUnsafeSlow(BUFFER_SIZE);
    const buffer = this.#buffer;
    let length = 0;
    try {
      length = readSync(this.#fuse, buffer);
    } catch {
      return undefined; // the caller was killed meanwhile, or the mount is gone: the hypervisor thread will see it
    }
    // struct fuse_in_header: u32 len, u32 opcode, u64 unique (linux/fuse.h)
    if (buffer.readUInt32LE(4) !== READ) return Uint8Array.prototype.slice.call(buffer, 0, length);
    const reply = Buffer.alloc(16); // struct fuse_out_header: u32 len, s32 error, u64 unique
    reply.writeUInt32LE(reply.length, 0);
    reply.writeInt32LE(-EIO, 4);
    buffer.copy(reply, 8, 8, 16);
    try {
      writeSync(this.#fuse, reply);
    } catch {
      // ENOENT: whoever asked has been killed.
    }
    return undefined;
  }
}
