import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { repeat } from './extras.ts';
import type { Subject } from './subjects.ts';

/** The system calls of a serving daemon; others are counted as `other`. */
const EXPECTED =
  'readv writev process_vm_readv process_vm_writev ioctl poll timer_settime epoll_pwait futex read write'.split(' ');

/** System calls per hypercall, by name. */
export interface SystemCalls {
  tool: 'perf' | 'strace';
  each: Record<string, number>;
}

/**
 * Counts the daemon's system calls with perf, which does not slow it down, or with strace, which slows it down so much that Fauxen
 * behaves as for rare calls. Undefined if neither works.
 */
export async function systemCalls(subject: Subject, calls: number): Promise<SystemCalls | undefined> {
  return (await byPerf(subject, calls)) ?? (await byStrace(subject, calls));
}

async function byPerf(subject: Subject, calls: number): Promise<SystemCalls | undefined> {
  if (subject.pid === undefined || spawnSync('perf', ['--version']).error) return undefined;
  const events = ['raw_syscalls:sys_enter', ...EXPECTED.map((name) => `syscalls:sys_enter_${name}`)].join(',');
  // perf finds tracepoints in tracefs, which is mounted for perf only if it is not mounted yet.
  const command = `mount -t tracefs none /sys/kernel/tracing; exec perf stat -x, -e ${events} -p ${subject.pid}`;
  const perf = spawn('unshare', ['--mount', 'sh', '-c', command], { stdio: ['ignore', 'ignore', 'pipe'] });
  let table = '';
  perf.stderr.setEncoding('utf8').on('data', (text: string) => {
    table += text;
  });
  const ended = once(perf, 'exit');
  await Promise.race([sleep(1000), ended]); // perf does not report when it is attached
  if (perf.exitCode !== null) return undefined;
  const slice = await repeat(subject, 'xen_version', calls);
  perf.kill('SIGINT');
  await ended;
  const counts = new Map<string, number>();
  for (const [, count, name] of table.matchAll(/^(\d+),,\w+:sys_enter(?:_(\w+))?,/gm))
    counts.set(name ?? '', Number(count));
  const total = counts.get('');
  if (total === undefined || total < slice.calls) return undefined;
  counts.delete('');
  counts.set('other', total - [...counts.values()].reduce((sum, count) => sum + count, 0));
  return { tool: 'perf', each: perCall(counts, slice.calls) };
}

async function byStrace(subject: Subject, calls: number): Promise<SystemCalls | undefined> {
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
  await sleep(200); // all threads
  const slice = await repeat(subject, 'xen_version', calls);
  strace.kill('SIGINT');
  await ended;
  const counts = new Map<string, number>();
  for (const [, count, name] of table.matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)$/gm))
    if (name !== undefined && name !== 'total') counts.set(name, Number(count));
  return counts.size === 0 ? undefined : { tool: 'strace', each: perCall(counts, slice.calls) };
}

function perCall(counts: ReadonlyMap<string, number>, calls: number): Record<string, number> {
  const served = calls + 20; // the client's warm-up
  const each = [...counts].map(([name, count]) => [name, Number((count / served).toFixed(2))] as const);
  return Object.fromEntries(each.filter(([, count]) => count >= 0.01));
}
