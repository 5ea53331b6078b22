import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';

/** The fields of the record of test/programs/soak.c, in order. */
const FIELDS = [
  'stop',
  'calls',
  'wrong',
  'bytes',
  'wrongBytes',
  'told',
  'cutOff',
  'kind',
  'result',
  'errno',
  'refused',
] as const;
export type ClientRecord = Record<(typeof FIELDS)[number], number>;

/** One run of the C client, whose record outlives it. */
export class Client {
  readonly id: number;
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  readonly #file: string;

  /** `command`: what runs it, `soak` at the end; RECORD, ID and `more` are appended. */
  constructor(id: number, folder: string, command: string[], env: NodeJS.ProcessEnv, more: string[] = []) {
    this.id = id;
    this.#file = `${folder}/record-${id}`;
    writeFileSync(this.#file, new Uint8Array(8 * FIELDS.length));
    const [program = '', ...args] = command;
    const log = openSync(`${folder}/stderr`, 'a');
    this.process = spawn(program, [...args, this.#file, String(id), ...more], {
      env,
      stdio: ['ignore', 'ignore', log],
    });
    closeSync(log);
    this.ended = new Promise((resolve) => this.process.on('close', () => resolve()));
  }

  get alive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  record(): ClientRecord {
    const bytes = new DataView(new ArrayBuffer(8 * FIELDS.length));
    const fd = openSync(this.#file, 'r');
    readSync(fd, bytes);
    closeSync(fd);
    const entries = FIELDS.map((name, index) => [name, Number(bytes.getBigInt64(8 * index, true))]);
    return Object.fromEntries(entries) as ClientRecord; // FIELDS are its keys
  }

  askToStop(): void {
    const fd = openSync(this.#file, 'r+');
    writeSync(fd, Uint8Array.of(1), 0, 1, 0);
    closeSync(fd);
  }
}

/** State letter of a process (proc(5), stat); undefined if it has ended. */
export function stateOf(pid: number | undefined): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat[stat.lastIndexOf(')') + 2];
  } catch {
    return undefined;
  }
}
