import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import type { CallInCaller } from '../../src/caller/injected-call.ts';
import { Ptracer } from '../../src/caller/ptracer.ts';
import { type Finished, type FinishOptions, stopCaller } from '../../src/caller/stop.ts';
import { systemCall } from '../../src/linux/libc.ts';
import { memfdCreate } from '../../src/linux/memfd.ts';
import { writeProcessMemory } from '../../src/linux/process/process-memory.ts';
import { missing } from '../helpers/capabilities.ts';
import { compile, Program, Reader } from './program.ts';

const ptracer = new Ptracer();

const ENOSYS = -38n;
const directory = mkdtempSync(join(tmpdir(), 'fauxen-stop-'));
const fifo = join(directory, 'fifo');
execFileSync('mkfifo', [fifo]);
t.teardown(() => rmSync(directory, { recursive: true }));
const dynamic = compile('reader');
const builds: [string, string[]][] = [
  ['dynamic', []],
  ['static', ['-static']],
  ['32-bit', ['-m32', '-static']],
];
const skipOf = (flags: string[]) => flags.includes('-m32') && missing('multilib', 'ia32');

/** Stops the reader in its next read, then ends the stop. */
function answer(reader: Reader, options: FinishOptions): Finished | undefined {
  reader.untilReading();
  return stopCaller(ptracer, reader.tid)?.finish(options);
}

for (const [name, flags] of builds) {
  const skip = skipOf(flags);
  t.test(`${name}: ENOSYS arrives exactly, 1,000 times, while four other threads run`, { skip }, async (t) => {
    const reader = await Reader.start(compile('reader', ...flags), 1000, 4);
    const begin = performance.now();
    let done = 0;
    while (done < 1000) {
      if (answer(reader, { setReturn: ENOSYS }) !== 'done') break;
      done++;
    }
    t.equal(done, 1000);
    t.comment(`${(((performance.now() - begin) / done) * 1000).toFixed(0)} µs each, with the wait for the next call`);
    const [, exact, other] = await reader.expect(/exact (\d+) other (\d+)/);
    t.same([exact, other], ['1000', '0']);
    t.equal((await reader.ended).code, 0);
  });
}

t.test('a 64-bit result arrives whole', async (t) => {
  const reader = await Reader.start(dynamic, 1);
  t.equal(answer(reader, { setReturn: 0x1234_5678_9abc_def0n }), 'done');
  t.equal(answer(reader, { setReturn: ENOSYS }), 'done');
  t.equal((await reader.expect(/last (-?\d+)/))[1], String(0x1234_5678_9abc_def0n));
});

t.test('a result that equals a kernel restart code is delivered, and restarts nothing', async (t) => {
  const reader = await Reader.start(dynamic, 1);
  t.equal(answer(reader, { setReturn: -512n }), 'done');
  t.equal(answer(reader, { setReturn: ENOSYS }), 'done');
  const [, other, last] = await reader.expect(/other (\d+) last (-?\d+)/);
  t.same([other, last], ['1', '-512']);
});

t.test('without a result the call continues unchanged', async (t) => {
  const reader = await Reader.start(dynamic, 1);
  for (const options of [{}, { run: (call: CallInCaller) => void call('getpid') }]) {
    t.equal(answer(reader, options), 'done');
    reader.expectSameRead();
  }
  t.equal(answer(reader, { setReturn: ENOSYS }), 'done');
  const [, exact, other] = await reader.expect(/exact (\d+) other (\d+)/);
  t.same([exact, other], ['1', '0']);
});

t.test('a signal that arrives during the stop is delivered afterwards', async (t) => {
  const reader = await Reader.start(dynamic, 2);
  reader.untilReading();
  let stopped = stopCaller(ptracer, reader.tid);
  process.kill(reader.pid, 'SIGUSR1');
  t.equal(stopped?.finish({ setReturn: ENOSYS }), 'done');
  // The signal keeps its value although calls are made in the caller meanwhile. A signal from before the stop is delivered first.
  reader.untilReading();
  stopped = stopCaller(ptracer, reader.tid);
  sigqueue(reader.pid, 10, 4711);
  const pids: bigint[] = [];
  t.equal(stopped?.finish({ setReturn: ENOSYS, run: (call) => pids.push(call('getpid'), call('getpid')) }), 'done');
  t.same(pids, [BigInt(reader.pid), BigInt(reader.pid)]);
  const [, exact, other, signals, value] = await reader.expect(/exact (\d+) other (\d+).* signals (\d+) value (\d+)/);
  t.same([exact, other, signals, value], ['2', '0', '2', '4711']);
});

/** sigqueue(3): kill with a value, by rt_sigqueueinfo (129). */
function sigqueue(pid: number, signal: number, value: number) {
  const python = `import ctypes,os
info=(ctypes.c_int*32)()
info[0]=${signal}; info[2]=-1; info[4]=os.getpid(); info[5]=os.getuid(); info[6]=${value}
assert ctypes.CDLL(None).syscall(129,${pid},${signal},info)==0`;
  execFileSync('python3', ['-c', python]);
}

t.test('a process that gets SIGSTOP meanwhile stays stopped until it is continued', async (t) => {
  const reader = await Reader.start(dynamic, 2);
  const pids: bigint[] = [];
  for (const options of [{}, { run: (call: CallInCaller) => void pids.push(call('getpid')) }]) {
    reader.untilReading();
    const stopped = stopCaller(ptracer, reader.tid);
    process.kill(reader.pid, 'SIGSTOP');
    t.equal(stopped?.finish({ setReturn: ENOSYS, ...options }), 'done');
    const end = performance.now() + 20_000;
    while (state(reader.tid) !== 'T' && performance.now() < end);
    t.equal(state(reader.tid), 'T', 'stopped');
    process.kill(reader.pid, 'SIGCONT');
  }
  t.same(pids, [BigInt(reader.pid)]);
  const [, exact, other] = await reader.expect(/exact (\d+) other (\d+)/);
  t.same([exact, other], ['2', '0']);
});

function state(tid: number) {
  return /^State:\s+(\w)/m.exec(readFileSync(`/proc/${tid}/status`, 'latin1'))?.[1];
}

for (const [name, flags] of builds) {
  const skip = skipOf(flags);
  t.test(`${name}: maps memory of ours into the caller, and registers and stack are as before`, { skip }, async (t) => {
    const reader = await Reader.start(compile('reader', ...flags), 1);
    const memfd = memfdCreate('fauxen-test');
    t.equal(systemCall(77, memfd, 8192), 0); // ftruncate
    const results: bigint[] = [];
    const O_RDWR = 2;
    const MAP_SHARED = 1;
    const finished = answer(reader, {
      setReturn: ENOSYS,
      run: (call) => {
        const fd = call('openat', -100, `/proc/${process.pid}/fd/${memfd}`, O_RDWR, 0);
        const address = call('mmap', 0, 4096, 3, MAP_SHARED, fd, 4096);
        results.push(fd, address, call('close', fd), call('openat', -100, '/nowhere', 0, 0));
      },
    });
    t.equal(finished, 'done');
    t.ok(results[0]! >= 0n, 'opened');
    t.ok(results[1]! > 0n || results[1]! < -4096n, 'mapped');
    t.equal(results[2], 0n, 'closed');
    t.equal(results[3], -2n, 'ENOENT');
    const [, exact, other] = await reader.expect(/exact (\d+) other (\d+)/);
    t.same([exact, other], ['1', '0']);
    t.equal((await reader.ended).code, 0);
    systemCall(3, memfd);
  });
}

t.test('a caller that is killed during the stop is reported as gone', async (t) => {
  for (const run of [undefined, (call: CallInCaller) => void call('getpid')]) {
    const reader = await Reader.start(dynamic, 1, 2);
    reader.untilReading();
    const stopped = stopCaller(ptracer, reader.tid);
    process.kill(reader.pid, 'SIGKILL');
    t.equal(stopped?.finish({ setReturn: ENOSYS, ...(run && { run }) }), 'gone');
    t.equal((await reader.ended).signal, 'SIGKILL');
  }
});

t.test('a caller that does not return in time is late, and is released by the next stop', async (t) => {
  const program = new Program(compile('vforker'));
  await program.expect(/ready/);
  await setTimeout(100); // it is in vfork, which returns only when the child ends
  const begin = performance.now();
  t.equal(stopCaller(ptracer, program.pid)?.finish({ timeout: 120 }), 'late');
  t.ok(performance.now() - begin < 10_000, 'bounded');
  program.child.stdin!.end('x');
  await setTimeout(100);
  ptracer.releaseLate();
  await program.expect(/after/);
  t.equal((await program.ended).code, 0);
});

t.test('a caller that is late in an injected call continues unharmed, and its own call fails', async (t) => {
  for (const list of [false, true]) {
    const reader = await Reader.start(dynamic, 1);
    const finished = answer(reader, {
      timeout: 150,
      run(call) {
        // Opening a FIFO for writing blocks until there is a reader.
        if (!list) return void call('openat', -100, fifo, 1, 0);
        const place = Number(call('mmap', 0, 4096, 3, 0x22, -1, 0));
        const path = Buffer.from(`${fifo}\0`);
        writeProcessMemory(reader.tid, place, path, 0, path.length);
        const calls = call.list();
        calls?.add('openat', -100, place, 1, 0);
        calls?.run();
      },
    });
    t.equal(finished, 'late');
    const end = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
    for (let turn = 0; ptracer.releaseLate() > 0 && turn < 1000; turn += 1) await setTimeout(10);
    t.equal(answer(reader, { setReturn: ENOSYS }), 'done');
    const [, other, last] = await reader.expect(/other (\d+) last (-?\d+)/);
    t.same([other, last], ['1', '-12'], 'ENOMEM');
    t.equal((await reader.ended).code, 0);
    closeSync(end);
  }
});

t.test('a caller that is late may keep its own result, and what it was told to do is known in the end', async (t) => {
  const reader = await Reader.start(dynamic, 1);
  let late: number | undefined;
  const finished = answer(reader, {
    timeout: 150,
    run(call) {
      call.whenLate = (result) => {
        late = result;
      };
      call('openat', -100, fifo, 1, 0);
    },
  });
  t.equal(finished, 'late');
  const end = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  for (let turn = 0; ptracer.releaseLate() > 0 && turn < 1000; turn += 1) await setTimeout(10);
  t.ok(late !== undefined && late > 2, `descriptor ${late}`);
  reader.expectSameRead();
  t.equal(answer(reader, { setReturn: ENOSYS }), 'done');
  const [exact, other] = (await reader.expect(/exact (\d+) other (\d+)/)).slice(1);
  t.same([exact, other], ['1', '0']);
  closeSync(end);
});

t.test('other work runs during the wait, as an injected call may depend on us', async (t) => {
  const reader = await Reader.start(dynamic, 1);
  const pair: number[] = [];
  let turns = 0;
  const finished = answer(reader, {
    setReturn: ENOSYS,
    // Opening a FIFO for writing blocks until there is a reader: idle() opens it after a while.
    run: (call) => void pair.push(Number(call('openat', -100, fifo, 1, 0))),
    idle: () => {
      if (++turns === 1000) pair.push(-openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK));
    },
  });
  t.equal(finished, 'done');
  t.ok(turns >= 1000);
  t.ok(pair[0]! < 0 && pair[1]! > 0, `${pair}`);
  closeSync(-pair[0]!);
  await reader.ended;
});

t.test('a thread that cannot be traced is not stopped, and the reason is reported', async (t) => {
  const reasons: string[] = [];
  t.equal(
    stopCaller(ptracer, 2 ** 22 + 1, (reason) => reasons.push(reason)),
    undefined,
  );
  const reader = await Reader.start(dynamic, 1);
  const first = stopCaller(ptracer, reader.tid);
  t.equal(
    stopCaller(ptracer, reader.tid, (reason) => reasons.push(reason)),
    undefined,
  );
  t.same(reasons, [`cannot trace thread ${2 ** 22 + 1}: ESRCH`, `cannot trace thread ${reader.tid}: EPERM`]);
  t.equal(first?.finish(), 'done');
  t.equal(answer(reader, { setReturn: ENOSYS }), 'done');
  await reader.ended;
});
