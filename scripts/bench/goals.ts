import type { Placement } from './measure.ts';
import { find, type Results } from './results.ts';

export interface Goal {
  goal: string;
  /** `undefined`: not measured here. */
  met: boolean | undefined;
  measured: string;
  /** Why not, where it is not met: from the figures of this very run. */
  reason?: string;
}

const C = 'C daemon';
const MOUNT = 'fauxen mount';
const RUN = 'fauxen run';

export function goals(results: Results): Goal[] {
  const us = (operation: string, placement: Placement, subject: string, clients = 1) =>
    find(results, operation, placement, subject, clients)?.us;
  const floor = us('pingpong', 'free', 'pipe');
  const wake = us('pingpong', 'two', 'pipe');
  const pinnedC = us('xen_version', 'one', C);
  const waking = `waking the other side across CPUs: a pipe ping-pong takes ${show(wake)} µs on two CPUs, ${show(floor)} µs free; where the scheduler puts both sides on one CPU there is no waking to save`;
  const copying = `the C daemon is the same kernel path, ${show(pinnedC)} µs with the same three system calls, so the rest is JavaScript (a CPU profile shows 93 % of the thread's time in the calls)`;
  const floors = `a pipe ping-pong makes four system calls in ${show(us('pingpong', 'one', 'pipe'))} µs, the C daemon's way takes ${show(pinnedC)} µs`;
  return [
    ratio('round trip, pinned, mount ≤ 1.0 × C daemon', us('xen_version', 'one', MOUNT), pinnedC, 1.0, copying),
    ratio(
      'round trip, free, run ≤ 0.2 × C daemon',
      us('xen_version', 'free', RUN),
      us('xen_version', 'free', C),
      0.2,
      waking,
    ),
    ratio(
      'round trip, free, mount ≤ 0.7 × C daemon',
      us('xen_version', 'free', MOUNT),
      us('xen_version', 'free', C),
      0.7,
      waking,
    ),
    ratio(
      'round trip, pinned, mount ≤ 1.7 × pipe ping-pong',
      us('xen_version', 'one', MOUNT),
      us('pingpong', 'one', 'pipe'),
      1.7,
      floors,
    ),
    ratio(
      'read, free, mount ≤ 0.4 × fuse-native',
      us('read', 'free', MOUNT),
      us('read', 'free', 'fuse-native'),
      0.4,
      waking,
    ),
    throughput(results),
    ratio(
      'cost of xen_version with 10,000 domains ≤ 1.05 × with one (pinned)',
      us('xen_version', 'one', 'fauxen mount, 10,000 domains'),
      us('xen_version', 'one', 'fauxen mount, one domain'),
      1.05,
    ),
    ratio(
      'time to mounted ≤ 2.5 × node -e 0',
      results.start?.mounted,
      results.start?.node,
      2.5,
      `a Node that only starts a thread takes ${show(results.start?.thread)} ms; the rest is compiling the hypervisor's modules, which Node 20 cannot cache`,
      'ms',
    ),
    maps(results),
    memory(results),
    garbage(results),
    systemCalls(results),
  ];
}

function show(value: number | undefined): string {
  return value === undefined ? '?' : value.toFixed(1);
}

function ratio(
  goal: string,
  ours: number | undefined,
  theirs: number | undefined,
  limit: number,
  reason?: string,
  unit = 'µs',
): Goal {
  if (ours === undefined || theirs === undefined) return { goal, met: undefined, measured: 'not measured' };
  const found = ours / theirs;
  const met = found <= limit;
  const measured = `${found.toFixed(2)} × (${ours.toFixed(1)} against ${theirs.toFixed(1)} ${unit})`;
  return { goal, met, measured, ...(!met && reason !== undefined && { reason }) };
}

function throughput(results: Results): Goal {
  const goal = 'throughput of 64 clients ≥ that of 2 (free, mount)';
  const two = find(results, 'xen_version', 'free', MOUNT, 2)?.rate;
  const many = find(results, 'xen_version', 'free', MOUNT, 64)?.rate;
  if (two === undefined || many === undefined) return { goal, met: undefined, measured: 'not measured' };
  const met = many >= two;
  const measured = `${Math.round(many)} against ${Math.round(two)} calls a second`;
  const c = [64, 2].map((clients) => find(results, 'xen_version', 'free', C, clients)?.rate);
  const [manyC = Number.NaN, twoC = Number.NaN] = c;
  const reason = `the kernel's part of a call, with 64 address spaces to copy from: the C daemon falls likewise, ${Math.round(manyC)} against ${Math.round(twoC)} (${(manyC / twoC).toFixed(2)} ×, Fauxen ${(many / two).toFixed(2)} ×)`;
  return { goal, met, measured, ...(!met && { reason }) };
}

function maps({ maps }: Results): Goal {
  const goal = 'a map of 256 frames, no two adjacent, in under 1 ms';
  const time = maps?.['256-scattered'];
  if (time === undefined) return { goal, met: undefined, measured: 'not measured' };
  const met = time.median < 1;
  const reason = `each frame is an mmap in the caller, and 256 of them alone take ${maps?.['256-mmaps']?.median.toFixed(2)} ms`;
  return {
    goal,
    met,
    measured: `${time.median.toFixed(2)} ms, ${time.best.toFixed(2)} at best`,
    ...(!met && { reason }),
  };
}

/** Growth between two equal loads: the first pays for what is made once. */
function memory({ memory, garbage }: Results): Goal {
  const goal = 'no growth of memory with the number of calls';
  const { 'after the first half of the calls': half, 'after all calls': all } = memory;
  if (half === undefined || all === undefined) return { goal, met: undefined, measured: 'not measured' };
  const calls = garbage[MOUNT]?.calls ?? Number.NaN;
  return {
    goal,
    met: all - half < 2,
    measured: `${half.toFixed(1)} MiB after ${calls} calls, ${all.toFixed(1)} MiB after as many more`,
  };
}

/** A young generation is 16 MiB: less than one collection in a million calls is under 16 bytes a call. */
function garbage(results: Results): Goal {
  const goal = 'no garbage on the hypercall path (≤ 1 collection)';
  const found = Object.entries(results.garbage);
  if (found.length === 0) return { goal, met: undefined, measured: 'not measured' };
  return {
    goal,
    met: found.every(([, { collections }]) => collections <= 1),
    measured: found.map(([name, { collections, calls }]) => `${name}: ${collections} in ${calls} calls`).join('; '),
  };
}

function systemCalls(results: Results): Goal {
  const goal = 'at most 3 system calls per hypercall (plus rare checks of the other door)';
  const found = Object.entries(results.systemCalls);
  if (found.length === 0) return { goal, met: undefined, measured: 'not measured' };
  const totals = found.map(([name, { each }]) => [name, Object.values(each).reduce((sum, n) => sum + n, 0)] as const);
  return {
    goal,
    met: totals.every(([, total]) => total < 3.1),
    measured: totals.map(([name, total]) => `${name}: ${total.toFixed(2)}`).join('; '),
  };
}
