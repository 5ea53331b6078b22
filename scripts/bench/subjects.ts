// The daemons that are compared, and how they are pinned to CPUs.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from './client.ts';

/** A daemon and its client. */
export interface Subject {
  name: string;
  client: Client;
  /** The daemon's process; undefined if there is none (ping-pong). */
  pid: number | undefined;
  /** The path of its files, as the client sees them. */
  directory: string;
  stop(): Promise<void>;
}

/** Lets all threads of a process run on these CPUs only. */
export function place(pid: number | undefined, cpus: readonly number[]): void {
  if (pid !== undefined) spawnSync('taskset', ['-a', '-c', '-p', cpus.join(','), String(pid)]);
}

/** A daemon that mounts the directory given by its last argument and reports that on stdout. */
export async function mounted(name: string, command: readonly string[], client: string): Promise<Subject> {
  const { directory, daemon, stop } = await startDaemon(name, command);
  const started = new Client([client]);
  return {
    name,
    client: started,
    pid: daemon.pid,
    directory,
    stop: async () => {
      await started.end();
      await stop();
    },
  };
}

export async function startDaemon(name: string, command: readonly string[]) {
  const directory = join(mkdtempSync(join(tmpdir(), 'fauxen-bench-')), 'xen');
  mkdirSync(directory);
  const [program = '', ...args] = command;
  const daemon = spawn(program, [...args, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  daemon.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await Promise.race([mountedLine(daemon), failure(name, daemon)]);
  const stop = async () => {
    const ended = once(daemon, 'exit');
    if (daemon.exitCode === null) {
      daemon.kill('SIGTERM');
      await ended;
    }
    spawnSync('umount', ['-l', directory], { stdio: 'ignore' }); // if the daemon did not
    rmSync(join(directory, '..'), { recursive: true, force: true });
  };
  return { directory, daemon, stop, output: () => output };
}

function mountedLine(daemon: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    let text = '';
    daemon.stdout?.on('data', (more: string) => {
      text += more;
      if (/mounted /.test(text)) resolve();
    });
  });
}

async function failure(name: string, daemon: ChildProcess): Promise<never> {
  const [status, signal] = await once(daemon, 'exit');
  throw new Error(`${name} ended before it mounted anything: ${signal ?? `exit status ${status}`}`);
}

/** `fauxen run [OPTION...] -- client`: the daemon is the process that was started, the client its child. */
export async function underRun(name: string, command: readonly string[], client: string): Promise<Subject> {
  const started = new Client([...command, '--', client]);
  const work = { operation: 'pingpong', file: '-', cpu: -1, other: -1, clients: 1, milliseconds: 1 };
  await started.measure(work); // it runs
  return { name, client: started, pid: started.process.pid, directory: '/proc/xen', stop: () => started.end() };
}

/** The client under notify.c, whose privcmd is /dev/null. */
export async function underNotify(name: string, notify: string, client: string): Promise<Subject> {
  const directory = mkdtempSync(join(tmpdir(), 'fauxen-bench-'));
  symlinkSync('/dev/null', join(directory, 'privcmd'));
  const started = new Client([notify, client]);
  const stop = async () => {
    await started.end();
    rmSync(directory, { recursive: true, force: true });
  };
  return { name, client: started, pid: started.process.pid, directory, stop };
}

/** A client without a daemon. */
export function alone(name: string, client: string): Subject {
  const started = new Client([client]);
  return { name, client: started, pid: undefined, directory: '-', stop: () => started.end() };
}
