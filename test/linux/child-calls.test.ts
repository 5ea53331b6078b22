import { closeSync, fstatSync, readFileSync } from 'node:fs';
import t from 'tap';
import { ChildCalls, stringArray } from '../../src/linux/child-calls.ts';
import { errno } from '../../src/linux/errno.ts';
import { addressOf, systemCall } from '../../src/linux/libc.ts';

const SYS = {
  close: 3,
  pipe2: 293,
  dup2: 33,
  wait4: 61,
  getppid: 110,
  open: 2,
  chdir: 80,
  unshare: 272,
  fcntl: 72,
} as const;
const CLONE_FILES = 0x400;
const O_CLOEXEC = 0o2000000;

const strings = (...texts: string[]) => stringArray(texts.map((text) => Buffer.from(text)));

/** Starts the list, waits for the child, and returns its output on descriptor 1 and its wait status. */
function outputOf(build: (calls: ChildCalls) => void): { said: string; status: number; pid: number } {
  const pipe = new Int32Array(2);
  systemCall(SYS.pipe2, addressOf(pipe), O_CLOEXEC);
  const calls = new ChildCalls();
  calls.must('leave the descriptors', SYS.unshare, CLONE_FILES);
  calls.must('be heard', SYS.dup2, pipe[1]!, 1);
  build(calls);
  const { pid } = calls.start();
  closeSync(pipe[1]!);
  const said = readFileSync(pipe[0]!, 'latin1');
  closeSync(pipe[0]!);
  const status = new Int32Array(2);
  if (pid > 0) systemCall(SYS.wait4, pid, addressOf(status), 0, 0);
  return { said, status: status[0]!, pid };
}

t.test('the child makes the calls in order and becomes the program', (t) => {
  const { said, status } = outputOf((calls) => {
    calls.must('go to /tmp', SYS.chdir, '/tmp');
    calls.execute('/bin/sh', strings('sh', '-c', 'pwd; echo "$A"; exit 3'), strings('A=a\nb', 'B='));
  });
  t.equal(said, '/tmp\na\nb\n');
  t.equal(status, 3 << 8);
  t.end();
});

t.test('a failed call that must succeed ends the child, and is named', (t) => {
  const calls = new ChildCalls();
  calls.may(SYS.chdir, '/nowhere');
  calls.must('go nowhere', SYS.chdir, '/nowhere/else');
  const never = calls.execute('/bin/true', strings('true'), strings());
  t.strictSame(calls.start(), { pid: 0, failure: { what: 'go nowhere', errno: errno.ENOENT } });
  t.equal(calls.resultOf(never), undefined, 'what follows is not done');
  t.end();
});

t.test('a result can be the argument of a later call', (t) => {
  const { said } = outputOf((calls) => {
    const file = calls.must('open', SYS.open, '/proc/version', O_CLOEXEC, 0);
    calls.must('put it in place', SYS.dup2, file, 0);
    calls.execute('/bin/cat', strings('cat'), strings());
  });
  t.equal(said, readFileSync('/proc/version', 'latin1'));
  t.end();
});

t.test('an unexpected result ends the child', (t) => {
  const calls = new ChildCalls();
  calls.mustBe(process.pid, 'have this parent', SYS.getppid);
  calls.mustBe(1_000_000_000, 'have that parent', SYS.getppid);
  t.match(calls.start(), { pid: 0, failure: { what: 'have that parent' } });
  t.end();
});

t.test('descriptors are shared until the child unshares them', (t) => {
  const calls = new ChildCalls();
  const shared = calls.must('open', SYS.open, '/proc/version', O_CLOEXEC, 0);
  calls.must('leave the descriptors', SYS.unshare, CLONE_FILES);
  const own = calls.must('open', SYS.open, '/proc/version', O_CLOEXEC, 0);
  t.strictSame(calls.start(), { pid: 0 });
  t.ok(fstatSync(calls.resultOf(shared)!).isFile());
  closeSync(calls.resultOf(shared)!);
  t.throws(() => fstatSync(calls.resultOf(own)!), { code: 'EBADF' });
  t.end();
});

t.test('if a program cannot be executed the next one is tried, and sh runs a script without a #! line', (t) => {
  const script = t.testdir({ script: 'echo a script of $1' });
  const chmod = 90;
  systemCall(chmod, addressOf(new TextEncoder().encode(`${script}/script\0`)), 0o755);
  const { said } = outputOf((calls) => {
    const none = strings();
    calls.execute('/nowhere', strings('x'), none, strings('sh', '/nowhere'));
    calls.execute(`${script}/script`, strings('script'), none, strings('sh', `${script}/script`, 'mine'));
    calls.execute('/bin/echo', strings('echo', 'too far'), none);
  });
  t.equal(said, 'a script of mine\n');
  t.end();
});
