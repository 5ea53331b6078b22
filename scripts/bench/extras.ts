// What is measured once rather than in turns: start, memory, dmesg, garbage, system calls.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { median } from './measure.ts';
import { type Subject, startDaemon } from './subjects.ts';

/** Milliseconds: medians of a start to `mounted`, of `node -e 0`, and of a Node that only loads `module`, in turns. */
export async function startTimes(mount: readonly string[], module: string, repetitions: number) {
  const mounts: number[] = [];
  const nodes: number[] = [];
  const loads: number[] = [];
  for (let i = 0; i < repetitions; i++) {
    let begin = performance.now();
    const { stop } = await startDaemon('fauxen mount', mount);
    mounts.push(performance.now() - begin);
    await stop();
    for (const [script, list] of [
      ['0', nodes],
      [`import(${JSON.stringify(module)})`, loads],
    ] as const) {
      begin = performance.now();
      await once(spawn(process.execPath, ['-e', script], { stdio: 'ignore' }), 'exit');
      list.push(performance.now() - begin);
    }
  }
  return { mounted: median(mounts), node: median(nodes), load: median(loads) };
}

/** Resident memory in MiB. */
export function residentMemory(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes) / 1024;
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

/** Calls of `operation`, as many as asked for. */
export function repeat(subject: Subject, operation: string, calls: number) {
  const file = `${subject.directory}/privcmd`;
  return subject.client.measure({ operation, file, cpu: -1, other: -1, clients: 1, milliseconds: 600_000, calls });
}

/**
 * Garbage collections of the daemon's isolates while `calls` hypercalls are served: those of the hypervisor thread are the
 * hypercall path's, since nothing else runs there. `output` is the daemon's stdout so far, with --trace-gc's lines.
 */
export async function garbage(subject: Subject, calls: number, output: () => string) {
  await repeat(subject, 'xen_version', 50_000); // until the code is optimised
  const before = output().length;
  const slice = await repeat(subject, 'xen_version', calls);
  const lines = output().slice(before).split('\n');
  return { calls: slice.calls, collections: lines.filter((line) => /\bms: (Scavenge|Mark-Compact)/.test(line)).length };
}

/** System calls of the daemon a hypercall, by `strace -c`; undefined where strace cannot attach. */
export async function systemCalls(subject: Subject, calls: number): Promise<Record<string, number> | undefined> {
  if (subject.pid === undefined || spawnSync('strace', ['-V']).error) return undefined;
  const strace = spawn('strace', ['-f', '-c', '-p', String(subject.pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let table = '';
  const attached = new Promise<void>((resolve) => {
    strace.stderr.setEncoding('utf8').on('data', (text: string) => {
      table += text;
      if (/attached/.test(table)) resolve();
    });
  });
  const ended = once(strace, 'exit');
  await Promise.race([attached, ended]);
  await new Promise((resolve) => setTimeout(resolve, 200)); // all threads
  const slice = await repeat(subject, 'xen_version', calls);
  strace.kill('SIGINT');
  await ended;
  const served = slice.calls + 20; // the client's warm-up
  const result: Record<string, number> = {};
  for (const [, count, name] of table.matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)$/gm)) {
    const each = Number(count) / served;
    if (name !== undefined && name !== 'total' && each >= 0.01) result[name] = Number(each.toFixed(2));
  }
  return Object.keys(result).length > 0 ? result : undefined;
}
