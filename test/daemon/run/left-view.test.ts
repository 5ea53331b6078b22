import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { Child } from '../../../src/daemon/run/child.ts';
import { LeftView, openView } from '../../../src/daemon/run/left-view.ts';
import { SYS } from '../../../src/linux/arch/x86-64/system-calls.ts';
import { ChildCalls, stringArray } from '../../../src/linux/child-calls.ts';
import { CLONE } from '../../../src/linux/mount.ts';
import { missing } from '../../helpers/capabilities.ts';

const CHILDREN = '/proc/thread-self/children';
const skip = missing('mount', 'root') || (existsSync(CHILDREN) ? false : 'CONFIG_PROC_CHILDREN');

/** The children of this thread. */
const children = () =>
  readFileSync(CHILDREN, 'latin1')
    .split(' ')
    .filter((pid) => pid !== '');

/** A process's arguments. They are empty for a moment in execve, after a parent in vfork has gone on. */
async function argumentsOf(pid: string): Promise<string> {
  for (;;) {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
    if (words !== '') return words;
    await sleep(5);
  }
}

t.test('a view has its keeper as soon as keep() returns, and none after it is closed', { skip }, async (t) => {
  const words = (...texts: string[]) => stringArray(texts.map((text) => Buffer.from(text)));
  const calls = new ChildCalls();
  calls.must('have a mount namespace', SYS.unshare, CLONE.NEWNS);
  const opened = openView(calls);
  calls.leaveDescriptors();
  calls.execute('/bin/sleep', words('sleep', '60'), words());
  const program = new Child(calls.start());
  t.teardown(() => program.kill('SIGKILL'));
  const left = new LeftView(calls, opened);
  const before = children();
  left.keep();
  const [keeper = '', ...others] = children().filter((pid) => !before.includes(pid));
  t.same(others, []);
  t.match(await argumentsOf(keeper), 'fauxen-keeper');
  left.close();
  while (existsSync(`/proc/${keeper}`)) await sleep(20);
  t.ok(program.running, 'closing it ends no process of the view');
  program.kill('SIGKILL');
  t.equal(await program.ended, 128 + 9);
});
