// Xen's own daemons of a dom0, started in the private view before the user's program.

import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import { ChildCalls, stringArray } from '../../linux/child-calls.ts';
import { CLONE } from '../../linux/mount.ts';
import { setSignals } from '../run/become-program.ts';
import { Child } from '../run/child.ts';
import type { MadeView } from '../run/made-view.ts';
import type { XenTools } from './find-tools.ts';
import { XenstoreClient } from './xenstore-client.ts';

/** How long each daemon may take to start on a busy machine. Also how soon a xenstored that dies without writing its pid is noticed. */
const TIMEOUT_MS = 20_000;
const RETRY_MS = 5;
const CONSOLE_LOGS = '/var/log/xen/console';
export const XENSTORED_SOCKET = '/run/xenstored/socket';
/** /etc/init.d/xen checks these files. */
const XENSTORED_PID = '/run/xenstore.pid';
const XENCONSOLED_PID = '/run/xenconsoled.pid';

/** The directory of libxl's user data: domains' configurations. */
const LIBXL_USER_DATA = '/var/lib/xen';

const KERNEL_FEATURES = ['feature-poweroff', 'feature-reboot', 'feature-suspend'];

/** Standard descriptors of a service. */
const STDIO = { in: 0, out: 1, error: 2 } as const;

export class Services {
  readonly #view: MadeView;
  readonly #tools: XenTools;
  readonly #environment: readonly Uint8Array[];

  constructor(view: MadeView, tools: XenTools, environment: readonly Uint8Array[]) {
    this.#view = view;
    this.#tools = tools;
    this.#environment = environment;
  }

  /** Starts xenstored, writes dom0 and the scenario's domains into it, starts xenconsoled. Throws what failed, with its last output. */
  async start(scenario?: string): Promise<void> {
    const tools = this.#tools;
    // A leftover of another boot or another dom0, copied into this /run.
    for (const stale of [XENSTORED_PID, XENCONSOLED_PID, XENSTORED_SOCKET])
      rmSync(this.#view.path(stale), { force: true });
    await this.#must('xenstored', [tools.xenstored, ...this.#xenstoredArguments()]);
    const client = await this.#connect();
    mkdirSync(this.#view.path(CONSOLE_LOGS), { recursive: true });
    const consoles = ['--log=guest', `--log-dir=${CONSOLE_LOGS}`, `--pid-file=${XENCONSOLED_PID}`];
    // In parallel, since none of them depends on another.
    await Promise.all([
      // Linux's own entries (drivers/xen/manage.c), which its driver writes as soon as xenstored runs.
      ...KERNEL_FEATURES.map((name) => client.write(`control/${name}`, '1')),
      this.#must('xen-init-dom0', [tools.initDom0]),
      this.#must('xenconsoled', [tools.xenconsoled, ...consoles]),
      this.#populate(scenario),
    ]);
    client.close();
  }

  async #populate(scenario: string | undefined): Promise<void> {
    if (scenario === undefined) return;
    const { populateXenstore } = await import('./populate.ts');
    await populateXenstore(scenario, this.#view.path(XENSTORED_SOCKET), this.#view.path(LIBXL_USER_DATA));
  }

  /** Writes the configuration file of oxenstored, which has few command-line options. */
  #xenstoredArguments(): string[] {
    if (basename(this.#tools.xenstored) !== 'oxenstored') return ['--pid-file', XENSTORED_PID];
    const file = '/var/log/xen/oxenstored.conf';
    const lines = [
      `pid-file = ${XENSTORED_PID}`,
      'persistent = false',
      'xenstored-kva = /proc/xen/xsd_kva',
      'xenstored-port = /proc/xen/xsd_port',
      'xenstored-log-file = /var/log/xen/oxenstored.log',
    ];
    writeFileSync(this.#view.path(file), `${lines.join('\n')}\n`);
    return ['--config-file', file];
  }

  /** Connects to xenstored once it answers: it daemonizes before it listens. */
  async #connect(): Promise<XenstoreClient> {
    const deadline = performance.now() + TIMEOUT_MS;
    for (;;) {
      const left = deadline - performance.now();
      const answers = this.#ask().catch(() => undefined); // it does not listen yet or has ended
      const client = await Promise.race([answers, sleep(Math.max(0, left), undefined, { ref: false })]);
      if (client !== undefined) return client;
      if (this.#hasEnded(XENSTORED_PID)) throw new Error(`xenstored ended at once: ${this.#lastOutput('xenstored')}`);
      if (performance.now() > deadline) throw new Error(`xenstored does not answer within ${TIMEOUT_MS / 1000} s`);
      await sleep(RETRY_MS);
    }
  }

  async #ask(): Promise<XenstoreClient> {
    const client = await XenstoreClient.open(this.#view.path(XENSTORED_SOCKET));
    await client.read('/');
    return client;
  }

  /** Whether a daemon has ended. False if it has not written its pid yet. */
  #hasEnded(pidFile: string): boolean {
    const path = this.#view.path(pidFile);
    const pid = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
    if (!(pid > 0)) return false;
    try {
      return !process.kill(pid, 0);
    } catch {
      return true;
    }
  }

  async #must(name: string, command: [string, ...string[]]): Promise<void> {
    const status = await this.#run(name, command);
    if (status === 0) return;
    const how = status > 128 ? `signal ${status - 128} ended it` : `it ended with status ${status}`;
    throw new Error(`cannot start ${name}: ${how}: ${this.#lastOutput(name)}`);
  }

  /** Resolves to its exit status, or 128+N. Its output goes to a file, since its background processes would keep a pipe open. */
  async #run(name: string, command: [string, ...string[]]): Promise<number> {
    const nothing = openSync('/dev/null', 'r');
    const log = openSync(this.#view.path(logFile(name)), 'a');
    const calls = new ChildCalls();
    calls.must('leave the descriptors', SYS.unshare, CLONE.FILES);
    for (const [from, to] of [
      [nothing, STDIO.in],
      [log, STDIO.out],
      [log, STDIO.error],
    ] as const) {
      calls.must('put a descriptor in its place', SYS.dup2, from, to);
    }
    this.#view.enter(calls);
    calls.must('go to /', SYS.chdir, '/');
    setSignals(calls, { ignored: [], blocked: 0n });
    const argv = stringArray(command.map((word) => Buffer.from(word)));
    calls.execute(command[0], argv, stringArray(this.#environment));
    const started = calls.start();
    closeSync(nothing);
    closeSync(log);
    if (started.pid <= 0) throw new Error(`cannot start ${name}: ${started.failure?.what ?? 'it cannot be executed'}`);
    const child = new Child(started);
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    return child.ended.finally(() => clearTimeout(timer));
  }

  #lastOutput(name: string): string {
    const words = readFileSync(this.#view.path(logFile(name)), 'utf8').trim();
    return words === '' ? 'it said nothing' : words.slice(-500);
  }
}

const logFile = (name: string) => `/var/log/xen/${name}.log`;
