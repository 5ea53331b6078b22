// Measurements that are made once, not in turns: start, memory, dmesg, garbage, system calls.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from './measure.ts';
import { type Subject, startDaemon } from './subjects.ts';

/** A Node that only starts a thread: part of the minimum for a daemon that keeps its main thread free. */
const EMPTY_THREAD = "new (require('node:worker_threads').Worker)('', { eval: true })";

/**
 * Median milliseconds, measured in turns: a start up to `mounted`; the same by the library, whose hypervisor thread starts only on
 * demand; `node -e 0`; and a Node that only starts a thread.
 */
export async function startTimes(mount: readonly string[], library: readonly string[], repetitions: number) {
  const lists = { mounted: [] as number[], library: [] as number[], node: [] as number[], thread: [] as number[] };
  const daemon = async (command: readonly string[]) => {
    const begin = performance.now();
    const { stop } = await startDaemon('fauxen mount', command);
    const time = performance.now() - begin;
    await stop();
    return time;
  };
  const node = async (script: string) => {
    const begin = performance.now();
    await once(spawn(process.execPath, ['-e', script], { stdio: 'ignore' }), 'exit');
    return performance.now() - begin;
  };
  for (let i = 0; i < repetitions; i++) {
    lists.mounted.push(await daemon(mount));
    lists.library.push(await daemon(library));
    lists.node.push(await node('0'));
    lists.thread.push(await node(EMPTY_THREAD));
  }
  return {
    mounted: median(lists.mounted),
    library: median(lists.library),
    node: median(lists.node),
    thread: median(lists.thread),
  };
}

/** Resident memory in MiB. */
export function residentMemory(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes) / 1024;
}

/** How long a process gets to come to rest: Fauxen gives memory back a second after its start. */
const REST_MS = 3_000;

/** MiB of a process that has nothing to do, once it has settled. */
export async function atRest(pid: number): Promise<number> {
  await sleep(REST_MS);
  return residentMemory(pid);
}

/** MiB of a Node that waits, with a thread that waits, too, or without. */
export async function idleNode(thread: boolean): Promise<number> {
  const wait = 'console.log(1); setTimeout(() => {}, 60_000)';
  const script = thread ? `new (require('node:worker_threads').Worker)(${JSON.stringify(wait)}, { eval: true })` : wait;
  const node = spawn(process.execPath, ['-e', script], { stdio: 'pipe' });
  await once(node.stdout, 'data');
  const memory = await atRest(node.pid ?? 0);
  node.kill();
  await once(node, 'exit');
  return memory;
}

/** MiB of dmesg a second, read from its start again and again. */
export async function dmesgRate(subject: Subject, milliseconds: number): Promise<number | undefined> {
  const file = `${subject.directory}/dmesg`;
  let length: number;
  try {
    length = readFileSync(file).length;
  } catch {
    return undefined;
  }
  const work = { operation: 'read_dmesg', file, cpu: -1, other: -1, clients: 1, milliseconds };
  const slice = await subject.client.measure(work);
  return slice.error === 0 ? (slice.calls * length) / slice.seconds / 2 ** 20 : undefined;
}

/** Makes that many calls of `operation`. */
export function repeat(subject: Subject, operation: string, calls: number) {
  const file = `${subject.directory}/privcmd`;
  return subject.client.measure({ operation, file, cpu: -1, other: -1, clients: 1, milliseconds: 600_000, calls });
}

/**
 * The number of garbage collections of the hypervisor thread while it serves `calls` hypercalls. `output` is the daemon's stdout so far,
 * with the lines of --trace-gc, which name the isolate. The idle main thread collects now and then too: the hypervisor thread's isolate
 * is the one that collects while it makes many strings.
 */
export async function garbage(subject: Subject, calls: number, output: () => string) {
  const collections = () =>
    [...output().matchAll(/^\[\d+:(0x\w+)\].*\bms: (?:Scavenge|Mark-Compact)/gm)].map(([, isolate]) => isolate);
  await repeat(subject, 'xen_version', 50_000); // until the code is optimised
  const earlier = collections().length;
  await repeat(subject, 'string', 100_000);
  const strings = collections().slice(earlier);
  const times = (isolate: string | undefined) => strings.filter((each) => each === isolate).length;
  const thread = strings.reduce((most, each) => (times(each) > times(most) ? each : most), strings[0]);
  if (thread === undefined) throw new Error('100,000 strings were made without a collection: is --trace-gc on?');
  const before = collections().length;
  const slice = await repeat(subject, 'xen_version', calls);
  const ours = collections()
    .slice(before)
    .filter((isolate) => isolate === thread);
  return { calls: slice.calls, collections: ours.length };
}
