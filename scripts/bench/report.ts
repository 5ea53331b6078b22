// The results as Markdown, for stdout and docs/performance.md.

import { goals } from './goals.ts';
import { MAPS } from './maps.ts';
import type { Cell } from './measure.ts';
import type { Results } from './results.ts';
import { NODE } from './starts.ts';

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

/** Figures of one operation and placement, with their ratios to the C daemon's. */
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

/** The goals, and below them each reason why goals are not met, with those goals. */
function goalTable(results: Results): string {
  const all = goals(results);
  const rows = all.map(({ goal, met, measured }) => {
    const verdict = met === undefined ? 'not measured' : met ? 'met' : 'not met';
    return [goal, measured, verdict];
  });
  const reasons = new Map<string, string[]>();
  for (const { goal, reason = '' } of all)
    if (reason !== '') reasons.set(reason, [...(reasons.get(reason) ?? []), goal]);
  const lines = [...reasons].map(([reason, those]) => `- **${those.join('; ')}:** ${reason}.`);
  return [table(['goal', 'measured', ''], rows), ...(lines.length === 0 ? [] : ['Why not:', lines.join('\n')])].join(
    '\n\n',
  );
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

/** The alternatives to Fauxen, and what they cost. */
function instead({ realXen, commands = {}, cells, fleet, memory }: Results): string {
  const us = (who: string) =>
    cells.find(
      (cell) =>
        cell.operation === 'xen_version' && cell.placement === 'free' && cell.subject === who && cell.clients === 1,
    )?.us;
  const run = commands['run -- true'];
  const rows = [
    ['', 'the real Xen under QEMU', 'fauxen run', '`node -e 0`'],
    [
      'from nothing to the end of a program',
      realXen ? `${realXen.seconds.toFixed(1)} s` : '5 to 20 s',
      milliseconds(run),
      milliseconds(commands[NODE]),
    ],
    [
      'a hypercall, in a program of dom0',
      realXen ? `${realXen.call.toFixed(1)} µs` : '22 to 31 µs',
      us('fauxen run') === undefined ? '?' : `${us('fauxen run')?.toFixed(1)} µs`,
      '',
    ],
    [
      'memory',
      '3 GiB, a machine',
      `${memory['at rest']?.toFixed(0) ?? '?'} MiB`,
      `${memory['of a Node that waits']?.toFixed(0) ?? '?'} MiB`,
    ],
  ];
  const [header = [], ...body] = rows;
  const source = realXen
    ? `Xen ${realXen.release} was booted by \`scripts/real-xen\` in the same run, without KVM.`
    : 'The real Xen was not measured in this run (`scripts/real-xen prepare` first): its figures are of an earlier one.';
  const many = fleet
    ? `\n\nA fleet: ${fleet.count} of \`fauxen run\` that start together all run their programs after ${(fleet.started / 1000).toFixed(1)} s, ${(fleet.started / fleet.count).toFixed(0)} ms each; each has ${fleet.resident.toFixed(0)} MiB resident, and ${fleet.share.toFixed(0)} MiB when what they share is divided among them.`
    : '';
  return `${table(header, body)}\n\n${source}${many}`;
}

const milliseconds = (time: number | undefined) => (time === undefined ? '?' : `${time.toFixed(0)} ms`);

function commandTable({ commands = {} }: Results): string {
  const node = commands[NODE] ?? Number.NaN;
  const rows = Object.entries(commands).map(([name, time]) => [
    `\`${name}\``,
    time.toFixed(0),
    `${(time / node).toFixed(2)} ×`,
    commands[`${name}, cold`]?.toFixed(0) ?? '',
  ]);
  const warm = rows.filter(([name = '']) => !name.includes(', cold'));
  return warm.length === 0 ? 'Not measured.' : table(['command', 'ms', 'to node', 'cold, ms'], warm);
}

const folded = (title: string, text: string) => `<details>\n<summary>${title}</summary>\n\n${text}\n\n</details>`;

function counted(results: Results): string {
  const known = goals(results).filter(({ met }) => met !== undefined);
  return `${known.filter(({ met }) => met).length} of ${known.length} goals are met in this run.`;
}

export function markdown(results: Results): string {
  const { machine, date, quick } = results;
  return `# Performance

Written by \`scripts/bench/run\` on ${date}${quick ? ' (--quick)' : ''}: ${machine.cpu}, ${machine.cpus} CPUs, Linux ${machine.kernel}, Node
${machine.node}, load ${machine.load.toFixed(2)} at the start. Times depend on the machine; compare ratios.

## Instead of a real Xen

${instead(results)}

## Goals

${counted(results)}

${goalTable(results)}

## Whole commands

![How long whole commands take](plots/starts.svg)

A start uses two threads of Node: one for the command, one for the hypervisor. It is short because:

- all code is in one file, and V8's compiled code is stored in \`~/.cache/fauxen\` for the next start. \`FAUXEN_CACHE=DIR\` names another
  directory; with \`FAUXEN_CACHE=\` nothing is stored, as in the column "cold";
- the JavaScript of a hypercall file in TypeScript and the value of a scenario's YAML are stored there too, until the file changes;
- the validator of scenarios is generated when Fauxen is built;
- the hypervisor thread starts before the command's own code is loaded, and dom0's daemons start side by side;
- the program's start is prepared while the hypervisor thread starts, and its mounts are made with one call to Fauxen each;
- the process ends as soon as nothing is left to write, without freeing its memory first.

${results.timeline ? '![Where the time of a start goes](plots/start.svg)\n\n' : ''}${commandTable(results)}

## Calls

![How long calls take](plots/calls.svg)

- A hypercall costs the hypervisor thread three system calls: one waits for it, one copies the caller's 48 bytes, one answers. Nothing is
  allocated for it.
- What a hypercall points to is copied together with the 48 bytes, by the same process_vm_readv, if the same thread has passed the same
  pointers three times: that saves 1.2 to 1.7 µs of 10.5. A wrong guess costs only a second copy. \`--strict-memory\` does not
  guess, because a copy may bring in an absent page.
- A list of domains is copied from records that are kept encoded; only what has changed since the last list is encoded again.

### Two transports, and spinning: decisions

- \`fauxen run\` installs a seccomp filter for the hypercall ioctl in each process that makes many (\`--transport auto\`, the default). The notification wakes
  Fauxen on the caller's own CPU, and ENOSYS reaches the caller without a ptrace stop. **The seccomp transport stays:** if waking another
  CPU is expensive it is several times faster (compare \`fauxen run\` with \`fauxen run --transport fuse\`, free), otherwise still by a tenth to
  a fifth, and it is the only transport in containers that may not mount. It costs about 950 lines of code, a check at each call that the
  descriptor is ours (kcmp, 0.7 to 1 µs), and one difference: if a signal handler without SA_RESTART that was installed after the
  filter runs before Fauxen has received the call, the ioctl fails with EINTR (processes with such handlers get no filter).
- Under \`fauxen mount\` and with the FUSE transport, Fauxen polls for the next request for up to 100 µs before it sleeps, if a trial of 256
  requests with and 256 without shows that this is a fifth faster; a trial is repeated every 16,384 requests. **Spinning stays, but only
  after a successful trial:** if both sides share a CPU it never succeeds, and costs at most 1.6 ms in 16,384 requests; if each is kept
  on its own CPU, a call takes 27 µs in place of 41 (27 November 2026); \`--spin off\` turns it off.
- **FUSE over io_uring is not used**, because it saves nothing. A daemon in C (\`scripts/bench/io-uring.c\`, Linux 6.18 with \`enable_uring\` on,
  26 November 2026) takes 8.4 µs for a hypercall with io_uring and with read and write on one CPU, and 37.9 and 36.6 µs where the kernel
  chooses CPUs: the saved system call is small beside waking the other side. It also needs Linux 6.14, a parameter of the fuse module that is off by
  default, and io_uring, which containers forbid.

### What was tried and did not help

| attempt                                                         | result                                                                                                        |
| --------------------------------------------------------------- | ------------------------------------------------------------------------------------------------------------- |
| a startup snapshot (\`node --snapshot-blob\`) in place of the code cache | an empty one starts 1.6 times slower than \`node -e 0\`; it needs an option of node, and threads cannot use it   |
| FUSE over io_uring                                              | see above                                                                                                     |
| multishot reads (io_uring, without its FUSE commands) | a daemon in C (\`io-uring.c\`) takes 9.4 µs for a hypercall, with read and write 8.4; where the kernel chooses CPUs 39 and 38 |
| readv that polls (\`RWF_NOWAIT\`) | /dev/fuse answers EOPNOTSUPP |
| one native call for several system calls (machine code in a page of our own, as in callers) | five calls in one take 0.87 µs, by themselves 1.03: at most 0.2 of a hypercall's 8 µs, since its checks stand between them |
| both sides of a stop on one CPU (sched_setaffinity of the caller while it is stopped) | a map takes 177 µs in place of 185 on two free CPUs, and 101 in place of 91 on busy ones |
| xenstored's answers read later and many at once | xenstored then polls without rest: a thousand guests start in 20 s |
| bigints or typed arrays as pointers for koffi | a call of six costs 0.11 and 0.10 µs beside its system call, with numbers 0.09 |
| fewer checks of a seccomp call                                  | none can go: kcmp proves the file, NOTIF_ID_VALID that the memory was the caller's; a C server makes them, too |
| \`--min-semi-space-size=4\` at the start | 5 young collections in place of 9, but 161 ms of CPU time for \`run -- true\` in place of 142 |
| \`--max-semi-space-size\`, \`resourceLimits\` of 1, 2 and 4 MiB    | 75.5 MiB resident with each (the young generation of the thread has a limit of 4 MiB)                         |
| \`--optimize-for-size\`                                         | 73.6 MiB in place of 75.0                                                                                     |
| \`--lite-mode\`, \`--jitless\`, \`--no-opt\`                      | 68.0, 70.2 and 71.8 MiB, but hypercalls without compiled code                                                 |
| \`--max-lazy\`, \`--single-threaded-gc\`, MALLOC_ARENA_MAX=1     | no difference                                                                                                 |
| a garbage collection of the hypervisor thread after its start   | 0.1 MiB less, for 0.1 s (on a busy machine) without service                                                   |

What helped memory: malloc's freed memory goes back to Linux a second after the start (malloc_trim: 83 to 75 MiB, in 1 ms), and tables that only
patches need are parsed with the first patch. Of the rest, 43 MiB are files, shared by all processes that run the same node.

## Long tables

${folded(
  'Round trips',
  `All subjects are measured in turns (A B A B) in the same run. Each run is cut into slices: "µs" is the median of the slices' mean round
trips, and "spread" is the lowest and highest of them. "Median call" and "95 %" are of single calls. \`one CPU\`: the daemon and the clients
are pinned to the same CPU; \`two CPUs\`: to one each; \`free\`: the kernel chooses.

${roundTrips(results)}`,
)}

${folded(
  'Maps of guest memory',
  `The time of privcmd's \`MMAPBATCH_V2\` under \`fauxen run\` (\`scripts/bench/run --only maps\`): the median and the minimum of many.
[guest-memory.md](guest-memory.md) explains how mappings are made.

${maps(results)}`,
)}

${folded('Other figures', others(results))}
`;
}
