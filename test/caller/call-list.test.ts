import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { CallName } from '../../src/caller/arch/x86-64/call-numbers.ts';
import { LIST_BYTES } from '../../src/caller/call-code.ts';
import { MOST_CALLS } from '../../src/caller/call-list.ts';
import type { CallInCaller } from '../../src/caller/injected-call.ts';
import { Ptracer } from '../../src/caller/ptracer.ts';
import { stopCaller } from '../../src/caller/stop.ts';
import { compile, Reader } from './program.ts';

const ptracer = new Ptracer();

const ENOSYS = -38n;
const EBADF = -9;
const reader = (...flags: string[]) => compile('reader', ...flags);

/** Stops the reader in its next read, makes calls in it, and gives it its result. */
function within<T>(program: Reader, work: (call: CallInCaller) => T): T | undefined {
  program.untilReading();
  let result: T | undefined;
  const finished = stopCaller(ptracer, program.tid)?.finish({
    setReturn: ENOSYS,
    run: (call) => {
      result = work(call);
    },
  });
  if (finished !== 'done') throw new Error(`finished: ${finished}`);
  return result;
}

/** A call, optionally followed by one whose first argument is its result. */
type Listed = readonly [CallName, { resultOf?: number; args?: readonly number[] }?];

/** Makes calls as a list and returns their results; undefined if that is not possible. */
function all(call: CallInCaller, calls: readonly Listed[]): number[] | undefined {
  const list = call.list();
  for (const [name, { resultOf, args = [] } = {}] of calls) {
    list?.add(name, ...args);
    if (resultOf !== undefined) list?.useResult(0, resultOf);
  }
  const made = list?.run();
  return made === undefined ? undefined : Array.from({ length: made }, (_, index) => list!.result(index));
}

/** Where the code for lists lies in a process: anonymous executable memory. */
function codeIn(pid: number): number[] {
  const maps = readFileSync(`/proc/${pid}/maps`, 'latin1');
  return [...maps.matchAll(/^([0-9a-f]+)-\S+ r-xp 00000000 00:00 0 *$/gm)].map(([, start = '']) =>
    Number.parseInt(start, 16),
  );
}

for (const [name, flags] of [
  ['dynamic', []],
  ['static', ['-static']],
] as const) {
  t.test(
    `${name}: calls of a list are made in order, with each other's results, up to the first failure`,
    async (t) => {
      const program = await Reader.start(reader(...flags), 4, 3);
      const { pid } = program;
      const list: Listed[] = [
        ['getpid'],
        ['pidfd_open', { args: [program.pid] }],
        ['close', { resultOf: 1 }],
        ['close', { resultOf: 1 }],
        ['getpid'],
      ];
      const results = within(program, (call) => all(call, list));
      const [, opened] = results ?? [];
      t.same(results, [pid, opened, 0, EBADF]);
      t.ok(opened !== undefined && opened > 2);
      t.equal(codeIn(program.pid).length, 1);
      const many = Array.from({ length: MOST_CALLS }, (): Listed => ['getpid']);
      t.same(
        within(program, (call) => all(call, many)),
        many.map(() => pid),
      );
      t.throws(() => within(program, (call) => all(call, [...many, ['getpid']])), RangeError, 'too long a list');
      t.equal(codeIn(program.pid).length, 1, 'the code is there once');
      t.same(
        within(program, (call) => [call('getpid'), call.knowsOurPid(), ...(all(call, []) ?? ['none'])]),
        [BigInt(pid), true],
      );
      const [, exact, other] = await program.expect(/exact (\d+) other (\d+)/);
      t.same([exact, other], ['4', '0']);
    },
  );
}

t.test('injected code that the program unmapped is injected again', async (t) => {
  const program = await Reader.start(reader(), 3);
  const { pid } = program;
  t.same(
    within(program, (call) => all(call, [['getpid']])),
    [pid],
  );
  const [code = 0] = codeIn(program.pid);
  t.same(
    within(program, (call) => [call('munmap', code, LIST_BYTES), ...(all(call, [['getpid']]) ?? [])]),
    [0n, pid],
  );
  t.equal(codeIn(program.pid).length, 1);
  within(program, () => 0);
  await program.ended;
});

t.test('a program that ignores SIGTRAP still ignores it after lists, whether or not a call failed', async (t) => {
  const script = join(t.testdir(), 'ignoring');
  writeFileSync(script, `#!/bin/sh\ntrap '' TRAP\nexec ${reader()} "$@"\n`);
  chmodSync(script, 0o755);
  const program = await Reader.start(script, 2);
  const ignored = () => /^SigIgn:\s+([0-9a-f]+)/m.exec(readFileSync(`/proc/${program.pid}/status`, 'latin1'))?.[1];
  const before = ignored();
  t.match(before, /1.$/, 'bit 4');
  t.same(
    within(program, (call) => [
      all(call, [['getpid']]),
      all(call, [['getpid'], ['close', { args: [-1] }], ['getpid']]),
    ]),
    [[program.pid], [program.pid, EBADF]],
  );
  t.equal(ignored(), before);
  within(program, () => 0);
  await program.ended;
});

t.test('a process that is stopped while a list runs stays stopped afterwards', async (t) => {
  const program = await Reader.start(reader(), 1);
  program.untilReading();
  const stopped = stopCaller(ptracer, program.tid);
  process.kill(program.pid, 'SIGSTOP');
  let results: number[] | undefined;
  const run = (call: CallInCaller) => {
    results = all(call, [['getpid'], ['getpid']]);
  };
  t.equal(stopped?.finish({ setReturn: ENOSYS, run }), 'done');
  t.same(results, [program.pid, program.pid]);
  const state = () => /^State:\s+(\w)/m.exec(readFileSync(`/proc/${program.pid}/status`, 'latin1'))?.[1];
  const end = performance.now() + 10_000;
  while (state() !== 'T' && performance.now() < end);
  t.equal(state(), 'T');
  process.kill(program.pid, 'SIGCONT');
  const [, exact] = await program.expect(/exact (\d+)/);
  t.equal(exact, '1');
});
