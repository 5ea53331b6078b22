// Busy processes, into which a seccomp filter is put, beside threads, signals, forks and filters of their own.

import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';
import { fauxenUnprivileged } from '../helpers/unprivileged.ts';

const skip = missing('fuse', 'mount', 'gcc', 'ptrace');
const privcmd = '/proc/xen/privcmd';
const hard = (t: Test) => compile(t, 'busy-beside.c', ['-pthread']);
const quiet = ['run', '--quiet', '--']; // the program asks /dev/null, too

/** What test/programs/busy-beside.c prints, by kind. */
const kinds: Readonly<Record<string, string>> = {
  plain: 'filter\nchild filter\nafter exec filter\n',
  signals: 'filter\nsignals arrive\n',
  interrupted: 'none\nfilter\n',
  vfork: 'filter\nfilter\nfilter\nfilter\n',
  calls: 'filter\n',
  descriptors: 'filter\n',
  close: '',
  forks: 'filter\n',
  'listener-first': 'a listener\nnone\n',
  light: 'a listener\nnone\n',
  filtered: 'none\n',
};

t.test('busy processes get right answers, and nothing else of them changes', { skip }, async (t) => {
  const script = 'p=$0 f=$1; shift; for k; do echo "== $k"; "$p" $k "$f" || echo "status $?"; done';
  const { status, stdout, stderr } = await fauxen([
    ...[...quiet, 'sh', '-c', script, hard(t), privcmd],
    ...Object.keys(kinds),
  ]);
  const said = stdout.split('== ').slice(1);
  t.same(Object.fromEntries(said.map((text) => text.split(/\n([\s\S]*)/, 2))), kinds);
  t.equal(stderr, '');
  t.equal(status, 0);
});

t.test('listeners of their own, as an ordinary user', { skip: missing('fuse', 'userns', 'gcc') }, async (t) => {
  const script = '"$0" listener-first "$1"; "$0" light "$1"; "$0" plain "$1"';
  const { command, args } = fauxenUnprivileged(t, [...quiet, 'sh', '-c', script, hard(t), privcmd]);
  const { stdout } = await runCommand(command, args);
  t.equal(stdout, `${kinds['listener-first']}${kinds.light}${kinds.plain}`);
});

t.test('in another pid namespace', { skip: skip || missing('root') }, async (t) => {
  const { stdout } = await fauxen([...quiet, 'unshare', '--pid', '--fork', hard(t), 'plain', privcmd]);
  t.equal(stdout, kinds.plain);
});

t.test('one process after the other, and all at once: nothing of them is left in Fauxen', { skip }, async (t) => {
  const script = `ends() { ls /proc/$PPID/fd | wc -l; grep -c ^ID /proc/$PPID/timers; }
"$0" many "$1" 3; before=$(ends); "$0" many "$1" 80
for i in $(seq 100); do after=$(ends); [ \${after%%[!0-9]*} -gt $((\${before%%[!0-9]*} + 4)) ] || break; sleep 0.1; done; echo $before; echo $after`;
  const { stdout } = await fauxen(['run', '--', 'sh', '-c', script, hard(t), privcmd]);
  const [first, second, before = '', after = ''] = stdout.trim().split('\n');
  t.same([first, second], ['filter', 'filter']);
  const [descriptors, timers] = before.split(' ').map(Number);
  const [descriptorsAfter, timersAfter] = after.split(' ').map(Number);
  t.ok(descriptorsAfter! <= descriptors! + 4, `descriptors: ${descriptors}, then ${descriptorsAfter}`);
  t.equal(timersAfter, timers);
});

t.test('processes that are killed, stopped, or execute another program at any moment', { skip }, async (t) => {
  const program = compile(t, 'busy-storm.c', ['-pthread']);
  const { status, stdout } = await fauxen([...quiet, program, privcmd, '4'], { timeout: 60_000 });
  t.equal(stdout, '0 wrong\n');
  t.equal(status, 0);
});
