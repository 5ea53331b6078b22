import { type MessagePort, receiveMessageOnPort, type Transferable, type Worker } from 'node:worker_threads';
import type { Answer, Answers, Command, Control, Numbered, Report } from '../protocol/messages.ts';
import { WORD } from '../protocol/shared-words.ts';

/** How long the hypervisor thread may take to answer; a running hypercall handler finishes first. */
const ANSWER_TIMEOUT_MS = 2_000;

/**
 * The first and the longest pause between wake-up signals. A signal that arrives just before the thread blocks is lost, so it is repeated.
 * The pauses double, since Linux queues signals that a thread cannot take yet, and all processes of the user share one limit
 * (RLIMIT_SIGPENDING).
 */
const WAKE_FIRST_MS = 1;
const WAKE_LONGEST_MS = 128;

export interface ThreadLinkOptions {
  worker: Pick<Worker, 'on' | 'postMessage' | 'terminate'>;
  port: MessagePort;
  words: Int32Array;
  /** Receives the thread's reports in order. */
  receive(report: Report): void;
  /** Called when the thread is gone and its last report was received. `error`: the error that killed it, if known. */
  gone(error: Error | undefined, exitCode: number): void;
}

/** The main thread's end of the thread protocol: sends commands, waits for answers, and receives the last report of the thread. */
export class ThreadLink {
  /** Interrupts the system call that the thread may be blocked in; undefined before the thread can block. */
  interrupt: (() => void) | undefined;
  readonly #options: ThreadLinkOptions;
  readonly #answers = new Map<number, (value: Answer) => void>();
  #nextId = 1;
  #closed = false;
  #again: NodeJS.Timeout | undefined;

  constructor(options: ThreadLinkOptions) {
    this.#options = options;
    const { worker, port } = options;
    let died: Error | undefined;
    port.on('message', (report: Report) => this.#receive(report));
    worker.on('error', (error) => {
      died = error;
    });
    worker.on('exit', (code) => {
      this.#receiveRest();
      this.close();
      options.gone(died, code);
    });
  }

  /** Sends a message to a thread that is in its event loop. */
  control(message: Control, transfer: Transferable[] = []): void {
    this.#options.worker.postMessage(message, transfer);
  }

  /** Sends a command; resolves to the answer, or undefined after a timeout or the thread's end. */
  ask<Kind extends Command['kind']>(command: Extract<Command, { kind: Kind }>): Promise<Answers[Kind] | undefined> {
    if (this.#closed) return Promise.resolve(undefined);
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const finish = (value: Answer) => {
        clearTimeout(timer);
        this.#answers.delete(id);
        resolve(value as Answers[Kind]); // the id ties the answer to this command
      };
      const timer = setTimeout(finish, ANSWER_TIMEOUT_MS, undefined);
      this.#answers.set(id, finish);
      this.#options.port.postMessage({ ...command, id } satisfies Numbered);
      this.wake();
    });
  }

  /** Makes the thread read the port. Repeats the signal, since one that arrives just before the thread blocks is lost. */
  wake(): void {
    Atomics.store(this.#options.words, WORD.pending, 1);
    clearTimeout(this.#again);
    this.#signal(WAKE_FIRST_MS);
  }

  /** Closes the link: pending commands resolve to undefined. */
  close(): void {
    this.#closed = true;
    for (const finish of [...this.#answers.values()]) finish(undefined);
    this.#options.port.close();
  }

  #signal(pause: number): void {
    if (this.#closed || Atomics.load(this.#options.words, WORD.pending) === 0) return;
    this.interrupt?.();
    this.#again = setTimeout(() => this.#signal(Math.min(2 * pause, WAKE_LONGEST_MS)), pause);
  }

  #receive(report: Report): void {
    if (report.kind === 'answer') this.#answers.get(report.id)?.(report.value);
    else this.#options.receive(report);
  }

  /** A worker's exit can be seen before its last messages (since Node 24, on a busy machine). */
  #receiveRest(): void {
    for (;;) {
      const got = receiveMessageOnPort(this.#options.port);
      if (got === undefined) return;
      this.#receive(got.message);
    }
  }
}
