// Real programs for the tests in this folder: compiled into a temporary directory, bounded in time, ended by pid.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readProcessMemory } from '../../src/linux/process/process-memory.ts';

const LIMIT_MS = 60_000;

/** A directory that goes away when the test process ends. */
const directory = mkdtempSync(join(tmpdir(), 'fauxen-caller-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

/** Compiles programs/NAME.c with these flags and returns the program's path. Tests that pass -m32 skip on `missing('multilib', 'ia32')`. */
export function compile(name: string, ...flags: string[]): string {
  const source = fileURLToPath(new URL(`programs/${name}.c`, import.meta.url));
  const out = join(directory, `${name}${flags.join('')}`);
  execFileSync('gcc', ['-O1', '-pthread', '-o', out, source, ...flags], { stdio: 'pipe' });
  return out;
}

export class Program {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  #output = '';
  #waiting: { pattern: RegExp; resolve: (match: RegExpExecArray) => void; reject: (error: Error) => void } | undefined;

  constructor(path: string, ...args: string[]) {
    // It is killed when this process ends, for any reason.
    this.child = spawn('setpriv', ['--pdeathsig', 'KILL', path, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.pid = this.child.pid!;
    const limit = setTimeout(() => this.kill(), LIMIT_MS);
    this.child.stdout!.on('data', (data) => {
      this.#output += data;
      this.#look();
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code, signal) => {
        clearTimeout(limit);
        resolve({ code, signal });
        this.#look();
        this.#waiting?.reject(new Error(`${path} ended (${code}, ${signal}) after: ${this.#output}`));
      });
    });
  }

  /** The next output that matches. */
  expect(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      this.#waiting = { pattern, resolve, reject };
      this.#look();
    });
  }

  kill(signal: NodeJS.Signals = 'SIGKILL') {
    this.child.kill(signal);
  }

  #look() {
    const match = this.#waiting?.pattern.exec(this.#output);
    if (!match) return;
    const { resolve } = this.#waiting!;
    this.#waiting = undefined;
    this.#output = this.#output.slice(match.index + match[0].length);
    resolve(match);
  }
}

/** programs/reader, which blocks in read(2) again and again. */
export class Reader extends Program {
  tid = 0;
  #counter = 0;
  #answered = 0;
  readonly #begun = new Uint32Array(1);

  /** Starts it. It expects `count` reads to return -38, while `threads` other threads are busy. */
  static async start(path: string, count: number, threads = 0): Promise<Reader> {
    const reader = new Reader(path, String(count), String(threads));
    const [, tid, counter] = await reader.expect(/ready (\d+) ([0-9a-f]+)\n/);
    reader.tid = Number(tid);
    reader.#counter = Number.parseInt(counter!, 16);
    return reader;
  }

  /**
   * Waits, without letting the event loop run, until it sleeps in a read that no earlier call of this function has seen: right after
   * a stop the thread may still be returning from the previous one.
   */
  untilReading(): void {
    const end = performance.now() + 5000;
    while (performance.now() < end) {
      readProcessMemory(this.tid, this.#counter, new Uint8Array(this.#begun.buffer), 0, 4);
      const number = Number.parseInt(readFileSync(`/proc/${this.tid}/syscall`, 'latin1'), 10);
      if (number >= 0 && this.#begun[0]! > this.#answered) {
        this.#answered = this.#begun[0]!;
        return;
      }
    }
    throw new Error(`thread ${this.tid} did not begin another read within 5 s`);
  }

  /** Whether it returns to the same read instead of beginning another. */
  expectSameRead(): void {
    this.#answered--;
  }
}
