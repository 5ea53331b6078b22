import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { cli, command } from '../helpers/fauxen.ts';
import { disappears } from '../helpers/processes.ts';
import { quoted } from '../helpers/quoted.ts';

const options = { skip: missing('mount') };

interface Running {
  process: ChildProcess;
  output(): string;
  /** Waits for a line of output. */
  says(line: string): Promise<void>;
  ended: Promise<number | null>;
}

function start(t: Test, script: string, under: string[] = []): Running {
  const [program, ...words] = [...under, process.execPath, cli, 'run', '--', 'sh', '-c', script];
  const child = spawn(program as string, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(() => child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', (status) => resolve(status)));
  const says = async (line: string) => {
    for (const end = Date.now() + 20_000; !output.includes(`${line}\n`); ) {
      if (Date.now() > end) throw new Error(`'${line}' never came; output: ${output}`);
      await sleep(10);
    }
  };
  return { process: child, output: () => output, says, ended };
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH', 'SIGCONT'] as const) {
  t.test(`${signal} to fauxen reaches the program once`, options, async (t) => {
    // Waits until the signal has arrived, and then long enough for a second one.
    const loop = 'i=0; while [ $i -lt 900 ]; do sleep 0.02; i=$((i+1)); done';
    const program = start(t, `trap 'echo got; i=890' ${signal.slice(3)}; echo up; ${loop}; exit 5`);
    await program.says('up');
    program.process.kill(signal);
    t.equal(await program.ended, 5);
    t.equal(program.output(), 'up\ngot\n');
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  t.test(`a program that does not handle ${signal} is ended by it`, options, async (t) => {
    const program = start(t, 'echo up; exec sleep 30');
    await program.says('up');
    program.process.kill(signal);
    t.equal(await program.ended, 128 + constants.signals[signal]);
  });
}

t.test('the program ignores the signals that fauxen was started to ignore (nohup)', options, async (t) => {
  const program = 'trap "" HUP; exec "$0" run -- sh -c \'grep SigIgn: /proc/self/status; echo up; read line; exit 5\'';
  const child = spawn('sh', ['-c', program, command], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.teardown(() => child.kill('SIGKILL'));
  let output = '';
  for await (const text of child.stdout.setEncoding('utf8')) {
    output += String(text);
    if (!output.includes('up\n')) continue;
    child.kill('SIGHUP');
    child.stdin.end('go on\n');
  }
  t.match(output, /^SigIgn:\t0+1\nup\n$/);
  if (child.exitCode === null) await once(child, 'exit');
  t.equal(child.exitCode, 5);
});

/**
 * Runs a command in a process group of its own whose parent is outside, as a shell with job control does: the kernel drops SIGTSTP for
 * an orphaned process group, and a CI runner's group may be one.
 */
const inGroup =
  'my $p = fork // die; if (!$p) { setpgrp; exec @ARGV } $| = 1; print "job $p\\n"; waitpid $p, 0; exit $? >> 8';
const asJob = ['perl', '-e', inGroup];

t.test('SIGTSTP stops fauxen and its program, SIGCONT continues both', options, async (t) => {
  const file = join(t.testdir({}), 'go-on');
  const shell = start(t, `echo up; until [ -e ${quoted(file)} ]; do sleep 0.05; done; exit 5`, asJob);
  await shell.says('up');
  const job = Number(/job (\d+)/.exec(shell.output())?.[1]);
  t.teardown(() => {
    if (shell.process.exitCode === null) process.kill(job, 'SIGKILL');
  });
  process.kill(job, 'SIGTSTP');
  const state = () => readFileSync(`/proc/${job}/stat`, 'utf8');
  for (const end = Date.now() + 20_000; !/ T /.test(state()) && Date.now() < end; ) await sleep(10);
  writeFileSync(file, '');
  await sleep(500); // a program that was not stopped would end
  t.equal(shell.process.exitCode, null, 'still there');
  t.match(state(), / T /, 'stopped');
  process.kill(job, 'SIGCONT');
  t.equal(await shell.ended, 5);
});

t.test('killing fauxen also ends its program', options, async (t) => {
  const program = start(t, 'echo up; exec sleep 30.25');
  await program.says('up');
  program.process.kill('SIGKILL');
  await program.ended;
  t.ok(await disappears('sleep 30.25'));
});
