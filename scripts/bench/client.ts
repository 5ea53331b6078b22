import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** One slice, as client.c reports it. Times are in nanoseconds; times of calls are the first client's. */
export interface Slice {
  error: number;
  calls: number;
  seconds: number;
  mean: number;
  median: number;
  p95: number;
}

export interface Work {
  operation: string;
  file: string;
  /** -1: anywhere. */
  cpu: number;
  /** For the answering side of `pingpong`. */
  other: number;
  clients: number;
  milliseconds: number;
  calls?: number;
}

/** A client program that takes one piece of work after another. */
export class Client {
  readonly process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(command: readonly string[]) {
    const [program = '', ...args] = command;
    this.process = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.process.stdin?.on('error', () => {}); // the client ended: the read below says so
    const input = this.process.stdout;
    if (input === null) throw new Error('spawned with a pipe, so there is one');
    this.#lines = createInterface({ input })[Symbol.asyncIterator]();
  }

  async measure(work: Work): Promise<Slice> {
    const { operation, file, cpu, other, clients, milliseconds, calls = 1e12 } = work;
    this.process.stdin?.write(`${operation} ${file} ${cpu} ${other} ${clients} ${milliseconds} ${calls}\n`);
    const line = await this.#lines.next();
    if (line.done) throw new Error(`the client ended during ${operation}`);
    return JSON.parse(line.value) as Slice; // printed by client.c in this form
  }

  async end(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const closed = once(this.process, 'exit');
    this.process.stdin?.end();
    await closed;
  }
}
