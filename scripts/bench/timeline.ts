// Where the time of a start goes: the system calls that `fauxen run -- true` makes on its way, by thread and process, as strace sees them.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a thread or process does, one phase after the other. Times in milliseconds from the start of the command. */
export interface Lane {
  who: string;
  phases: { what: string; from: number; to: number }[];
}

interface Event {
  task: string;
  time: number;
  call: string;
}

/** With a filter, strace stops only these calls, and the start takes hardly longer. */
const TRACED = 'execve,openat,clone,clone3,vfork,mount,exit_group';

/** The lanes of a warm start. Throws with the reason where strace cannot tell. */
export function startTimeline(fauxen: readonly string[]): Lane[] {
  const directory = mkdtempSync(join(tmpdir(), 'fauxen-bench-'));
  const output = join(directory, 'trace');
  try {
    const options = [
      '-f',
      '--seccomp-bpf',
      '-ttt',
      '-s',
      '200',
      '-e',
      `trace=${TRACED}`,
      '-e',
      'signal=none',
      '-o',
      output,
    ];
    const { status, error, stderr } = spawnSync('strace', [...options, ...fauxen, 'run', '--', 'true'], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (status !== 0) throw new Error(error?.message ?? stderr.trim().split('\n')[0] ?? `exit status ${status}`);
    return lanes(parse(readFileSync(output, 'latin1')));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function parse(text: string): Event[] {
  const found = [...text.matchAll(/^(\d+) +(\d+\.\d+) (\w.*)$/gm)];
  const start = Number(found[0]?.[2]);
  return found.map(([, task = '', time, call = '']) => ({ task, time: (Number(time) - start) * 1000, call }));
}

function lanes(events: readonly Event[]): Lane[] {
  const main = events[0]?.task ?? '';
  const first = (what: RegExp, of: (task: string) => boolean, after = 0): Event => {
    const event = events.find(({ task, time, call }) => of(task) && time >= after && what.test(call));
    if (event === undefined) throw new Error(`strace shows no ${what.source}`);
    return event;
  };
  const isMain = (task: string) => task === main;
  const thread = first(/fauxen\.cjs"/, (task) => task !== main).task;
  const isThread = (task: string) => task === thread;
  const threadCode = first(/fauxen\.cjs"/, isThread).time;
  const threads = events.filter(
    ({ task, call, time }) => task === main && time < threadCode && call.startsWith('clone3'),
  );
  const script = first(/cli\/main\.js"/, isMain, 1).time;
  const koffi = first(/koffi\.node"/, isMain).time;
  const device = first(/"\/dev\/fuse"/, isMain).time;
  const child = first(/^(clone\(|vfork)/, isMain, device).time;
  const mount = first(/^mount\(/, (task) => task !== main && task !== thread, child);
  const program = first(/^execve\(/, (task) => task === mount.task, child).time;
  const programEnd = first(/^exit_group\(/, (task) => task === mount.task, program).time;
  const end = first(/^exit_group\(/, isMain).time;
  const phases = (...steps: [from: number, what: string, to: number][]) =>
    steps.map(([from, what, to]) => ({ what, from, to }));
  return [
    {
      who: 'main thread',
      phases: phases(
        [0, 'Node starts', script],
        [script, 'loads code', koffi],
        [koffi, 'options', device],
        [device, 'prepares the run', child],
        [child, 'waits', end],
      ),
    },
    {
      who: 'hypervisor thread',
      phases: phases(
        [threads.at(-1)?.time ?? script, "Node's thread starts", threadCode],
        [threadCode, 'loads code, boots the hypervisor', child],
        [child, 'serves', end],
      ),
    },
    { who: 'the program', phases: phases([child, 'mounts', program], [program, 'runs', programEnd]) },
  ];
}
