// The results as Markdown: what is printed, and docs/performance.md.

import { goals } from './goals.ts';
import { MAPS } from './maps.ts';
import type { Cell } from './measure.ts';
import type { Results } from './results.ts';

const PLACEMENTS = { one: 'one CPU', two: 'two CPUs', free: 'free' } as const;

const OPERATIONS: Record<string, string> = {
  pingpong: 'pipe ping-pong between two processes (the lower limit)',
  xen_version: 'hypercall `xen_version`',
  console_io: 'hypercall `console_io`, 64 bytes',
  string: 'a user-defined hypercall that takes a string',
  list_1: '`getdomaininfolist`, 1 domain',
  list_100: '`getdomaininfolist`, 100 domains',
  list_10000: '`getdomaininfolist`, 10,000 domains',
  read: 'read of a small file',
};

function table(header: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Figures of one operation and placement, each with its ratio to the C daemon's, where there is one. */
function roundTrips(results: Results): string {
  const rows = results.cells.map((cell) => {
    const peer = results.cells.find((other) => other.subject === 'C daemon' && sameConditions(other, cell));
    return [
      OPERATIONS[cell.operation] ?? cell.operation,
      PLACEMENTS[cell.placement],
      String(cell.clients),
      cell.subject,
      cell.us.toFixed(2),
      `${cell.low.toFixed(1)}–${cell.high.toFixed(1)}`,
      cell.median.toFixed(2),
      cell.p95.toFixed(1),
      String(Math.round(cell.rate)),
      peer && peer !== cell ? `${(cell.us / peer.us).toFixed(2)} ×` : '',
    ];
  });
  const header = ['operation', 'placement', 'clients', 'who', 'µs', 'spread', 'median call', '95 %', 'calls/s', 'to C'];
  return table(header, rows);
}

function sameConditions(a: Cell, b: Cell): boolean {
  return a.operation === b.operation && a.placement === b.placement && a.clients === b.clients;
}

function maps({ maps = {} }: Results): string {
  const rows = Object.entries(MAPS).flatMap(([name, what]) => {
    const time = maps[name];
    return time === undefined ? [] : [[what, time.median.toFixed(2), time.best.toFixed(2)]];
  });
  return rows.length === 0 ? 'Not measured.' : table(['mapped at once', 'ms', 'best'], rows);
}

function goalTable(results: Results): string {
  const rows = goals(results).map(({ goal, met, measured, reason }) => {
    const verdict = met === undefined ? 'not measured' : met ? 'met' : 'not met';
    return [goal, measured, verdict, reason ?? ''];
  });
  return table(['goal', 'measured', '', 'reason'], rows);
}

function others(results: Results): string {
  const lines: string[] = [];
  const { start, memory, dmesg } = results;
  if (start)
    lines.push(
      `- Time to mounted: ${start.mounted.toFixed(0)} ms; by the library, whose hypervisor thread does not start first: ${start.library.toFixed(0)} ms; \`node -e 0\`: ${start.node.toFixed(0)} ms; a Node that only starts a thread: ${start.thread.toFixed(0)} ms.`,
    );
  for (const [when, mebibytes] of Object.entries(memory))
    lines.push(`- Resident memory ${when}: ${mebibytes.toFixed(1)} MiB.`);
  if (dmesg !== undefined) lines.push(`- dmesg: ${dmesg.toFixed(0)} MiB per second.`);
  for (const [name, { tool, each }] of Object.entries(results.systemCalls)) {
    const list = Object.entries(each).map(([call, count]) => `${call} ${count}`);
    lines.push(`- System calls per hypercall, ${name}, counted by ${tool}: ${list.join(', ')}.`);
  }
  for (const [what, why] of Object.entries(results.skipped)) lines.push(`- Not measured: ${what}: ${why}.`);
  return lines.join('\n');
}

export function markdown(results: Results): string {
  const { machine, date, quick } = results;
  return `# Performance

Written by \`scripts/bench/run\` on ${date}${quick ? ' (--quick)' : ''}: ${machine.cpu}, ${machine.cpus} CPUs, Linux ${machine.kernel}, Node
${machine.node}, load ${machine.load.toFixed(2)} at the start. Times depend on the machine; compare ratios.

All subjects are measured alternately (A B A B) in the same run. Each run is cut into slices: "µs" is the median of the slices' mean
round trips, and "spread" is the lowest and highest of them. "Median call" and "95 %" are of single calls. \`one CPU\`: the daemon and the
clients are pinned to the same CPU; \`two CPUs\`: to one each; \`free\`: the kernel chooses.

## Why it is fast

- A hypercall costs the hypervisor thread three system calls: one waits for it, one copies the caller's 48 bytes, one answers. Nothing is
  allocated (see the garbage check below).
- **Doors.** \`fauxen run\` installs a seccomp filter in the program for the hypercall ioctl (\`--door auto\`, the default). The
  notification wakes Fauxen on the caller's own CPU, so it does not wait for an idle CPU, and ENOSYS reaches the caller without a ptrace
  stop. At each call the kernel compares the caller's descriptor with a copy of the open file that Fauxen holds (kcmp, 0.7 to 1 µs);
  calls on anything else go on to the kernel. \`--door fuse\` uses no filter; neither does \`auto\` if a seccomp listener exists already,
  the kernel is older than 5.19, or descriptors of a child cannot be fetched or compared. Known difference: if a signal handler without
  SA_RESTART runs before Fauxen has received the call, the ioctl fails with EINTR; Linux's privcmd does not.
- **Spinning.** Under \`fauxen mount\`, and with the FUSE door, Fauxen polls for the next request for up to 100 µs before it sleeps, if a
  trial shows that this is a fifth faster. A trial is 256 requests without polling and 256 with it, repeated every 16,384 requests.
  \`--spin off\` turns polling off; \`--spin 50\` polls for 50 µs. Compare the rows \`fauxen mount\` and \`fauxen mount --spin off\`.
- **Start.** The hypervisor thread starts before the command line is read, and the mount is made in parallel. To see the effect,
  compare the two times to mounted under "Other figures": the library does not start the thread early.
- FUSE over io_uring is not used: kernels ship it turned off (\`/sys/module/fuse/parameters/enable_uring\` is N).

## Goals

${goalTable(results)}

## Round trips

${roundTrips(results)}

## Maps of guest memory

How long privcmd's \`MMAPBATCH_V2\` takes under \`fauxen run\` (\`scripts/bench/run --only maps\`): the median and the shortest of many.
[guest-memory.md](guest-memory.md) explains how mappings are made.

${maps(results)}

## Other figures

${others(results)}
`;
}
