import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../helpers/source-files.ts';
import { Client, stateOf } from './client.ts';
import { saidBy, writeHypercalls } from './hypercalls.ts';

const cli = join(checkout, 'dist/cli/main.js');

/** Limit for a daemon's answer or a client's progress on a very busy machine. */
const PATIENCE_MS = 30_000;

/** How far a reader of dmesg may fall behind. */
const OPTIONS = ['--handler-timeout', '0.3', '--xen-cmdline', 'conring_size=64k'];

let nextId = 1;

/**
 * A hypervisor and its clients. `mount`: a `fauxen mount` that outlives its clients; `run`: each client is the program of a
 * `fauxen run` of its own, and its hypercalls come through the seccomp transport where there is one.
 */
export class World {
  readonly name: string;
  readonly how: 'mount' | 'run';
  readonly folder: string;
  readonly dir: string;
  readonly clients: Client[] = [];
  readonly past: Client[] = [];
  daemon: ChildProcess | undefined;
  /** Lines that a reader of dmesg has seen. */
  seen = 0;
  #version = 0;
  readonly #program: string;
  readonly #size: number;
  readonly #moved = new Map<Client, { calls: number; when: number }>();

  constructor(name: string, how: 'mount' | 'run', folder: string, program: string, size: number) {
    this.name = name;
    this.how = how;
    this.folder = join(folder, name);
    this.dir = join(this.folder, 'mount');
    this.#program = program;
    this.#size = size;
    mkdirSync(this.dir, { recursive: true });
    this.reload();
  }

  get serial(): string {
    return join(this.folder, 'serial');
  }

  get env(): NodeJS.ProcessEnv {
    return this.how === 'run' ? process.env : { ...process.env, PRIVCMD: join(this.dir, 'privcmd') };
  }

  async start(): Promise<void> {
    if (this.how === 'mount') await this.mount();
    this.replenish();
  }

  /** Mounts, also over what a killed daemon may have left. */
  async mount(): Promise<void> {
    const log = openSync(join(this.folder, 'stderr'), 'a');
    const args = ['mount', this.dir, '-o', 'allow_other', ...this.#options()];
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', log] });
    closeSync(log);
    this.daemon = child;
    const ended = once(child, 'exit').then(([status]) => [
      `nothing, and ended with ${status}; see ${this.folder}/stderr`,
    ]);
    const [said] = await within(Promise.race([once(child.stdout!, 'data'), ended]), `${this.name}: fauxen mount`); // it is a pipe, by the options
    if (!String(said).includes('mounted')) throw new Error(`${this.name}: fauxen mount said ${said}`);
  }

  /** Starts missing clients. */
  replenish(): void {
    for (const client of this.clients.splice(0)) (client.alive ? this.clients : this.past).push(client);
    while (this.clients.length < this.#size) this.clients.push(this.#newClient());
  }

  reload(): void {
    this.#version += 1;
    writeHypercalls(join(this.folder, 'calls.ts'), this.#version);
  }

  /** `line`: text that does not load. */
  spoil(line: string): void {
    appendFileSync(join(this.folder, 'calls.ts'), `\n${line}\n`);
  }

  /** The command line that runs another program in this world; in a run world it is a new `fauxen run`. */
  words(...program: string[]): string[] {
    const calls = ['--hypercalls', join(this.folder, 'calls.ts')];
    if (this.how === 'mount') return program;
    return [process.execPath, cli, 'run', ...OPTIONS, ...calls, '--log-level', 'fatal', '--', ...program];
  }

  /** Clients without progress for too long, except those that are stopped on purpose. */
  stuck(): Client[] {
    const now = performance.now();
    return this.clients.filter((client) => {
      const { calls } = client.record();
      const before = this.#moved.get(client);
      if (before?.calls === calls && client.alive && stateOf(client.process.pid) !== 'T')
        return now - before.when > PATIENCE_MS;
      this.#moved.set(client, { calls, when: now });
      return false;
    });
  }

  /** Resident megabytes and open descriptors of the daemon. */
  size(): { megabytes: number; descriptors: number } {
    const pid = this.daemon?.pid;
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return {
      megabytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024,
      descriptors: readdirSync(`/proc/${pid}/fd`).length,
    };
  }

  /** Ends everything as a user would; returns descriptions of what did not end. */
  async stop(): Promise<string[]> {
    const left: string[] = [];
    for (const client of this.clients) client.askToStop();
    for (const client of this.clients) {
      await within(client.ended, 'a client').catch(() => {
        left.push(`${this.name}: client ${client.process.pid}, state ${stateOf(client.process.pid)}`);
        client.process.kill('SIGKILL');
      });
    }
    this.past.push(...this.clients.splice(0));
    const { daemon } = this;
    if (daemon === undefined) return left;
    daemon.kill('SIGTERM');
    await within(endOf(daemon), 'the daemon').catch(() => {
      left.push(`${this.name}: daemon ${daemon.pid}, state ${stateOf(daemon.pid)}`);
      daemon.kill('SIGKILL');
    });
    return left;
  }

  /** Sums over all clients so far; `lostLines`: lines reported as written that are not in the serial line's file. */
  totals() {
    const said = saidBy(existsSync(this.serial) ? readFileSync(this.serial, 'latin1') : '');
    const sums = { calls: 0, wrong: 0, bytes: 0, wrongBytes: 0, told: 0, cutOff: 0, refused: 0, lostLines: 0 };
    const complaints: string[] = [];
    for (const client of this.past) {
      const record = client.record();
      for (const key of ['calls', 'wrong', 'bytes', 'wrongBytes', 'told', 'cutOff', 'refused'] as const)
        sums[key] += record[key];
      sums.lostLines += Math.max(0, record.told - (said.get(client.id) ?? 0));
      if (record.wrong > 0) {
        complaints.push(`${this.name}: hypercall ${record.kind} gave ${record.result}, errno ${record.errno}`);
      }
    }
    return { ...sums, complaints };
  }

  #newClient(): Client {
    const alone = this.how === 'run';
    const run = [process.execPath, cli, 'run', ...this.#options(), '--'];
    const command = alone ? [...run, this.#program] : [this.#program];
    return new Client(nextId++, this.folder, command, alone ? process.env : this.env, alone ? ['alone'] : []);
  }

  #options(): string[] {
    return [...OPTIONS, '--serial', this.serial, '--hypercalls', join(this.folder, 'calls.ts'), '--log-level', 'fatal'];
  }
}

/** Resolves when the process has ended. */
export function endOf(child: ChildProcess): Promise<unknown> {
  return child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
}

/** Rejects when it takes too long. */
export async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
