// The results as Markdown: what is printed, and docs/performance.md.

import { goals } from './goals.ts';
import { MAPS } from './maps.ts';
import type { Cell } from './measure.ts';
import type { Results } from './results.ts';

const PLACEMENTS = { one: 'one CPU', two: 'two CPUs', free: 'free' } as const;

const OPERATIONS: Record<string, string> = {
  pingpong: 'pipe ping-pong between two processes (the floor)',
  xen_version: 'hypercall `xen_version`',
  console_io: 'hypercall `console_io`, 64 bytes',
  string: "a user's hypercall that takes a string",
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
  return table(['goal', 'measured', '', 'what the limit is'], rows);
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
  if (dmesg !== undefined) lines.push(`- dmesg: ${dmesg.toFixed(0)} MiB a second.`);
  for (const [name, { tool, each }] of Object.entries(results.systemCalls)) {
    const list = Object.entries(each).map(([call, count]) => `${call} ${count}`);
    lines.push(`- System calls a hypercall, ${name}, counted by ${tool}: ${list.join(', ')}.`);
  }
  for (const [what, why] of Object.entries(results.skipped)) lines.push(`- Not measured: ${what}: ${why}.`);
  return lines.join('\n');
}

export function markdown(results: Results): string {
  const { machine, date, quick } = results;
  return `# Performance

Written by \`scripts/bench/run\` on ${date}${quick ? ' (--quick)' : ''}: ${machine.cpu}, ${machine.cpus} CPUs, Linux ${machine.kernel}, Node
${machine.node}, load ${machine.load.toFixed(2)} at the start. Run it on your machine: only ratios travel.

All are measured in turns (A B A B) in the same run. A figure is the median over the slices of a slice's mean round trip, in
microseconds; the spread is the lowest and highest slice; "median call" and "95 %" are of single calls. \`one CPU\`: daemon
and clients pinned to the same; \`two CPUs\`: pinned to one each; \`free\`: wherever the kernel puts them.

## How it is fast

- The hypervisor thread blocks in one system call, copies the caller's 48 bytes with another and answers with a third; it
  allocates nothing for it (the garbage check below).
- **Doors.** \`fauxen run\` installs a seccomp filter for that one ioctl in front of the program (\`--door auto\`, the default):
  the notification wakes Fauxen on the caller's own CPU, so that no idle CPU is waited for, and ENOSYS arrives as ENOSYS
  without a ptrace stop. Which descriptor is privcmd is learnt from FUSE, and forgotten at each close; everything else goes on
  to the kernel. \`--door fuse\` does without; \`auto\` does, too, where there is a listener already, where the kernel is
  older than 5.19, or where descriptors of a child may not be fetched. Known difference: a signal handler without
  SA_RESTART that runs while a call waits for Fauxen to take it makes the ioctl fail with EINTR, which Linux's privcmd does not.
- **Spinning.** Under \`fauxen mount\`, and behind the FUSE door, Fauxen looks up to 100 µs for the next request before it
  sleeps, if a trial (256 requests without, 256 with, again every 16,384) shows that it gains a fifth. \`--spin off\` does
  without, \`--spin 50\` looks for 50 µs. With and without: the rows \`fauxen mount\` and \`fauxen mount --spin off\`.
- **Start.** The hypervisor thread starts before the command line is read, and meanwhile the mount is made. With and without: the
  times to mounted by the command and by the library, under Other figures.
- FUSE over io_uring is not used: kernels ship it turned off (\`/sys/module/fuse/parameters/enable_uring\` is N).

## Goals

${goalTable(results)}

## Round trips

${roundTrips(results)}

## Maps of guest memory

What privcmd's \`MMAPBATCH_V2\` takes under \`fauxen run\` (\`scripts/bench/run --only maps\`): the median of many, and the best.
[guest-memory.md](guest-memory.md) says how they are made.

${maps(results)}

## Other figures

${others(results)}
`;
}
