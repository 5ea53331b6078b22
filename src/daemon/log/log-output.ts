import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnblockedOutput } from './unblocked-output.ts';

/** Most bytes of log lines to keep for a slow reader; further lines are dropped and counted. */
const MOST_WAITING = 256 * 1024;

/** How often to check whether the descriptor has room again. */
const RETRY_MS = 50;

/**
 * Writes log lines to a descriptor only when it has room, so that a full pipe does not block the thread that watches the hypervisor.
 * Lines are queued; when the queue is full, the newest are dropped, and a line reports how many.
 */
export class LogOutput extends Writable {
  readonly #output: UnblockedOutput;
  readonly #waiting: Buffer[] = [];
  #bytes = 0;
  /** Bytes of the first queued line that are already written. */
  #begun = 0;
  #dropped = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(fd: number) {
    super({ decodeStrings: true });
    this.#output = new UnblockedOutput(fd);
  }

  override _write(line: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#add(line);
    this.#drain();
    done();
  }

  /** Resolves when everything is written, or after this many milliseconds. */
  async flush(patience: number): Promise<void> {
    for (const end = performance.now() + patience; this.#bytes > 0 && performance.now() < end; ) {
      await sleep(5);
      this.#drain();
    }
  }

  #add(line: Buffer): void {
    if (this.#dropped > 0 || this.#bytes + line.length > MOST_WAITING) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.push(line);
    this.#bytes += line.length;
  }

  #drain(): void {
    for (let line = this.#waiting[0]; line !== undefined; line = this.#waiting[0]) {
      const written = this.#output.write(line, this.#begun);
      if (written < 0)
        this.#begun = line.length; // the reader is gone or the disk is full: drop the line
      else this.#begun += written;
      if (this.#begun < line.length) {
        this.#later();
        return;
      }
      this.#waiting.shift();
      this.#bytes -= line.length;
      this.#begun = 0;
      if (this.#dropped > 0 && this.#waiting.length === 0) this.#sayDropped();
    }
  }

  #sayDropped(): void {
    const line = Buffer.from(
      `${JSON.stringify({ level: 40, time: Date.now(), name: 'fauxen', msg: droppedText(this.#dropped) })}\n`,
    );
    this.#dropped = 0;
    this.#add(line);
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#drain();
    }, RETRY_MS).unref();
  }
}

function droppedText(count: number): string {
  return `${count} log lines were dropped: nobody read stderr`;
}
