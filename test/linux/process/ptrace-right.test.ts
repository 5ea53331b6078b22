import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import t from 'tap';
import { CallerMemory } from '../../../src/caller/memory.ts';
import { layDownPtraceRight, takeUpPtraceRight, withPtraceRight } from '../../../src/linux/process/ptrace-right.ts';
import { missing } from '../../helpers/capabilities.ts';

const isThere = () => {
  const [, bits] = /^CapEff:\s*(\w+)/m.exec(readFileSync('/proc/thread-self/status', 'latin1'))!;
  return ((BigInt(`0x${bits}`) >> 19n) & 1n) === 1n;
};

t.test('without CAP_SYS_PTRACE, processes of other users are out of reach', { skip: missing('root') }, async (t) => {
  const other = spawn('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', 'cat'], { stdio: 'pipe' });
  const own = spawn('cat', { stdio: 'pipe' });
  for (const child of [other, own]) {
    child.stdin.write('.');
    await once(child.stdout, 'data'); // it has executed its program
  }
  const reach = ({ pid }: { pid?: number | undefined }, loose = true) => {
    const [, start] = /^(\w+)-/.exec(readFileSync(`/proc/${pid}/maps`, 'latin1'))!;
    if (loose) layDownPtraceRight();
    const memory = new CallerMemory().attach(pid!, { stillWaits: () => true });
    const count = memory.read(Number.parseInt(start!, 16), Buffer.alloc(4), 0, 4);
    takeUpPtraceRight();
    return [count, memory.forbidden];
  };
  t.same(reach(own), [4, false]);
  t.same(reach(other), [0, true]);
  t.same(reach(other, false), [4, false], 'taken up again');
  for (const child of [other, own]) {
    child.stdin.end();
    await once(child, 'exit');
  }
});

t.test('the capability can be raised for a moment', { skip: missing('root') }, (t) => {
  t.equal(isThere(), true);
  layDownPtraceRight();
  t.equal(isThere(), false);
  t.equal(withPtraceRight(isThere), true);
  t.equal(isThere(), false);
  t.throws(() => {
    withPtraceRight(() => {
      throw new Error('in the middle');
    });
  }, /in the middle/);
  t.equal(isThere(), false);
  takeUpPtraceRight();
  t.equal(isThere(), true);
  t.end();
});
