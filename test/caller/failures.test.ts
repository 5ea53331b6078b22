// Callers that do not exist, cannot be changed, or end in the middle of a stop.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { CallList } from '../../src/caller/call-list.ts';
import { InjectedCalls } from '../../src/caller/injected-call.ts';
import { CallerMemory } from '../../src/caller/memory.ts';
import { Ptracer } from '../../src/caller/ptracer.ts';
import { stopCaller } from '../../src/caller/stop.ts';
import { Tracee } from '../../src/caller/tracee.ts';
import { REG, registerFile } from '../../src/linux/arch/x86-64/registers.ts';
import { errno } from '../../src/linux/errno.ts';
import { addressOf } from '../../src/linux/libc.ts';
import { layDownPtraceRight, takeUpPtraceRight } from '../../src/linux/process/ptrace-right.ts';
import { missing } from '../helpers/capabilities.ts';
import { compile, Reader } from './program.ts';

const ptracer = new Ptracer();

const skip = missing('gcc', 'ptrace');
const NOBODY = 2 ** 22 + 1;
const ESRCH = BigInt(-errno.ESRCH);

t.test('a thread that does not exist is reported as gone without waiting', async (t) => {
  let told = 0;
  const ptracer = new Ptracer(() => told++);
  t.equal(new Tracee(ptracer, NOBODY, { timeout: 1_000 }).wait(), 'gone');
  ptracer.detach(NOBODY, 0);
  ptracer.abandon(NOBODY + 1);
  t.equal(told, 2);
  t.equal(ptracer.releaseLate(), 0);
});

t.test('calls are made only in a traced thread that came from a system call', async (t) => {
  const tracee = new Tracee(ptracer, process.pid, { timeout: 1_000 });
  const registers = registerFile();
  t.equal(InjectedCalls.begin(tracee, registers, 0), undefined, 'no instruction');
  const code = Uint8Array.of(0x90, 0x90, 0x0f, 0x05);
  registers[REG.RIP] = BigInt(addressOf(code)) + 2n;
  t.equal(InjectedCalls.begin(tracee, registers, 0), undefined, 'another instruction');
  registers[REG.RIP] = BigInt(addressOf(code)) + 4n;
  t.equal(InjectedCalls.begin(tracee, registers, 0), undefined, 'not traced');
});

/** A sleeping process, and the end of a writable mapping in it. */
async function sleeper(t: Test) {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  await once(child, 'spawn');
  t.teardown(() => child.kill('SIGKILL'));
  const maps = () => readFileSync(`/proc/${child.pid}/maps`, 'latin1');
  while (!/sleep/.test(maps())) await sleep(5);
  const [, start = '', end = ''] = /^(\w+)-(\w+) rw-p .*\[stack\]$/m.exec(maps()) ?? [];
  return { child, tid: child.pid!, start: Number.parseInt(start, 16), end: Number.parseInt(end, 16) };
}

t.test('a process that cannot map memory, or no executable memory, gets no call lists', async (t) => {
  const one = await sleeper(t);
  const calls: string[] = [];
  const refusing = (results: Record<string, bigint>) => (name: string) => {
    calls.push(name);
    return results[name] ?? 0n;
  };
  const run = () => true;
  t.equal(CallList.begin(ptracer.code, { tid: one.tid, call: refusing({ mmap: -12n }), run }), undefined);
  t.equal(CallList.begin(ptracer.code, { tid: one.tid, call: refusing({}), run }), undefined, 'which is remembered');
  t.same(calls, ['mmap']);
  const other = await sleeper(t);
  calls.length = 0;
  t.equal(CallList.begin(ptracer.code, { tid: other.tid, call: refusing({ mmap: 4096n }), run }), undefined);
  t.same(calls, ['mmap', 'munmap'], 'it got memory that is not there');
  calls.length = 0;
  const two = await sleeper(t);
  const place = BigInt(two.end - 4096);
  t.equal(
    CallList.begin(ptracer.code, { tid: two.tid, call: refusing({ mmap: place, mprotect: -13n }), run }),
    undefined,
  );
  t.same(calls, ['mmap', 'mprotect', 'munmap']);
});

t.test('a call list that cannot be written is not run; no call is made if the process ends', async (t) => {
  const one = await sleeper(t);
  const at = (place: number) => (name: string) => (name === 'mmap' ? BigInt(place) : 0n);
  const list = CallList.begin(ptracer.code, {
    tid: one.tid,
    call: at(one.end - 4096),
    run: () => t.fail('it is run') === undefined,
  });
  list?.add('getpid');
  t.equal(list?.run(), undefined, 'no room behind the code');
  const two = await sleeper(t);
  const ending = CallList.begin(ptracer.code, {
    tid: two.tid,
    call: at(two.end - 3 * 4096),
    run: () => {
      two.child.kill('SIGKILL');
      for (const end = Date.now() + 20_000; Date.now() < end && !isGone(two.tid); );
      return false;
    },
  });
  ending?.add('getpid');
  t.equal(ending?.run(), 0);
});

/** Whether it has ended, possibly as a zombie. */
function isGone(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return true;
  }
}

t.test('a caller that is killed between calls makes no further calls, and no list', { skip }, async (t) => {
  const program = await Reader.start(compile('reader'), 1);
  program.untilReading();
  const results: unknown[] = [];
  const finished = stopCaller(ptracer, program.tid)?.finish({
    run: (call) => {
      const list = call.list();
      list?.add('getpid');
      program.kill();
      results.push(list?.run(), call('getpid'), call.list(), call('getpid'));
    },
    setReturn: -38n,
  });
  t.ok(finished === 'gone' || finished === 'late', String(finished));
  t.same(results.slice(1), [ESRCH, undefined, ESRCH]);
  await program.ended;
});

t.test('text that does not fit on the stack gives EFAULT', { skip }, async (t) => {
  const program = await Reader.start(compile('reader'), 1);
  program.untilReading();
  let result: bigint | undefined;
  stopCaller(ptracer, program.tid)?.finish({
    run: (call) => {
      result = call('openat', -100, 'x'.repeat(2 ** 24), 0, 0);
    },
    setReturn: -38n,
  });
  t.equal(result, BigInt(-errno.EFAULT));
  t.match(await program.expect(/exact 1 .*\n/), /./);
});

t.test('a stop signal that arrives before a list stops the process after the list', { skip }, async (t) => {
  const program = await Reader.start(compile('reader'), 1);
  program.untilReading();
  let made: number | undefined;
  stopCaller(ptracer, program.tid)?.finish({
    run: (call) => {
      const list = call.list();
      list?.add('getpid');
      program.kill('SIGSTOP');
      made = list?.run();
    },
    setReturn: -38n,
  });
  t.equal(made, 1);
  program.kill('SIGCONT');
  t.match(await program.expect(/exact 1 .*\n/), /./);
});

t.test('a thread that is computing is released unchanged', { skip }, async (t) => {
  const busy = spawn(process.execPath, ['-e', 'console.log(1); for (;;);'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(busy.stdout, 'data');
  const ticks = () => Number(readFileSync(`/proc/${busy.pid}/stat`, 'latin1').split(') ')[1]?.split(' ')[11]); // utime
  for (const before = ticks(); ticks() < before + 10; ) await sleep(20); // it is back from that write
  t.equal(stopCaller(ptracer, busy.pid!)?.finish({ setReturn: 1n }), 'refused');
  busy.kill('SIGKILL');
  await once(busy, 'exit');
});

t.test('a caller that is killed during an injected call is reported as gone', { skip }, async (t) => {
  const program = await Reader.start(compile('reader'), 1);
  program.untilReading();
  const fifo = join(t.testdir({}), 'fifo');
  spawnSync('mkfifo', [fifo]);
  const killer = spawn(
    'sh',
    [
      '-c',
      `for _ in $(seq 400); do grep -q '^257 ' /proc/${program.tid}/syscall && break; sleep 0.05; done; kill -9 ${program.pid}`,
    ],
    { stdio: 'ignore' },
  );
  let result: bigint | undefined;
  const finished = stopCaller(ptracer, program.tid)?.finish({
    run: (call) => {
      result = call('openat', -100, fifo, 0, 0); // waits for somebody to write
    },
    setReturn: -38n,
  });
  t.equal(finished, 'gone');
  t.equal(result, ESRCH);
  await Promise.all([program.ended, once(killer, 'exit')]);
});

t.test('a thread whose process ends while it is being stopped is reported as gone', { skip }, async (t) => {
  const program = await Reader.start(compile('reader'), 1, 2);
  program.untilReading();
  const thread = Number(readdirSync(`/proc/${program.pid}/task`).at(-1));
  t.not(thread, program.pid);
  const stop = stopCaller(ptracer, thread);
  program.kill();
  const finished = stop?.finish();
  t.ok(finished === 'gone' || finished === 'refused' || finished === 'done', String(finished));
  await program.ended;
});

t.test('a signal that arrives before the stop is delivered after the calls', { skip }, async (t) => {
  const program = await Reader.start(compile('reader'), 1);
  program.untilReading();
  const stop = stopCaller(ptracer, program.tid);
  program.kill('SIGUSR1');
  let pid: bigint | undefined;
  t.equal(stop?.finish({ run: (call) => (pid = call('getpid')), setReturn: -38n }), 'done');
  t.equal(pid, BigInt(program.pid));
  t.match(await program.expect(/exact 1 .* signals 1 .*\n/), /./);
});

t.test(
  'memory without access: an unheld call must come through FUSE, a held one copies nothing',
  {
    skip: missing('root'),
  },
  async (t) => {
    const user = ['--reuid=65534', '--regid=65534', '--clear-groups'];
    const child = spawn('setpriv', [...user, 'sleep', '60'], { stdio: 'ignore' });
    t.teardown(() => child.kill('SIGKILL'));
    const maps = () => readFileSync(`/proc/${child.pid}/maps`, 'latin1');
    while (!/sleep/.test(maps())) await sleep(5);
    const address = Number.parseInt(maps(), 16);
    const bytes = new Uint8Array(8);
    const memory = new CallerMemory();
    t.equal(memory.attach(child.pid!).read(address, bytes, 0, 8), 8);
    layDownPtraceRight();
    const [held, isHeldForbidden] = [memory.attach(child.pid!).read(address, bytes, 0, 8), memory.forbidden];
    const [loose, isLooseForbidden] = [
      memory.attach(child.pid!, { stillWaits: () => true }).read(address, bytes, 0, 8),
      memory.forbidden,
    ];
    takeUpPtraceRight();
    t.same([held, isHeldForbidden], [0, false]);
    t.same([loose, isLooseForbidden], [0, true]);
  },
);

t.test('threads can be stopped where the kernel refuses timers', { skip }, async (t) => {
  const fixture = fileURLToPath(new URL('fixtures/without-timers.ts', import.meta.url));
  const { stdout, stderr } = spawnSync('prlimit', ['--sigpending=0:0', process.execPath, '--import=tsx', fixture], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  t.equal(stdout, 'true 20 20 gone\n', stderr);
});

t.test('a thread that is killed while it is stopped is reported as gone', { skip }, async (t) => {
  const program = await Reader.start(compile('reader'), 1);
  program.untilReading();
  const finished = stopCaller(ptracer, program.tid)?.finish({
    get setReturn() {
      program.kill();
      for (const end = Date.now() + 20_000; Date.now() < end && !isGone(program.tid); );
      return -38n;
    },
  });
  t.equal(finished, 'gone');
  t.equal((await program.ended).signal, 'SIGKILL');
});

t.test('a thread that ended after a failed stop no longer counts as late', { skip }, async (t) => {
  const program = await Reader.start(compile('reader'), 1);
  program.untilReading();
  t.ok(stopCaller(ptracer, program.tid), 'it is traced');
  program.kill();
  for (const end = Date.now() + 20_000; Date.now() < end && !isGone(program.tid); );
  ptracer.abandon(program.tid);
  t.equal(ptracer.releaseLate(), 0);
  t.equal((await program.ended).signal, 'SIGKILL', 'which its parent is told');
});
