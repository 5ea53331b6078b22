import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen, mountFauxen } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

const skip = missing('mount', 'root', 'gcc', 'xenHeaders');

function source(t: Test, text: string): string {
  const file = join(t.testdir({}), 'calls.ts');
  writeFileSync(file, text);
  return file;
}

t.test('the time in which the daemon was stopped does not count towards a handler’s limit', { skip }, async (t) => {
  const begun = join(t.testdir({}), 'begun');
  const file = source(
    t,
    `import { writeFileSync } from 'node:fs';
import { defineHypercall } from 'fauxen';
export default defineHypercall({ name: 'work', number: 100, handler() {
  writeFileSync('${begun}', '');
  const start = process.cpuUsage();
  for (let used = process.cpuUsage(start); used.user + used.system < 600_000; used = process.cpuUsage(start));
  return 0;
} });
`,
  );
  const mount = await mountFauxen(t, ['--handler-timeout', '2', '--hypercalls', file]);
  const env = { ...process.env, PRIVCMD: join(mount.dir, 'privcmd') };
  const call = runCommand(compile(t, join(checkout, 'test/programs/ask.c')), ['100'], { env, timeout: 40_000 });
  for (const end = Date.now() + 20_000; !existsSync(begun) && Date.now() < end; ) await sleep(5);
  await sleep(250); // time for the limit to check the handler
  mount.process.kill('SIGSTOP');
  await sleep(3_000);
  mount.process.kill('SIGCONT');
  t.equal((await call).stdout, '100: 0\n');
  t.equal(mount.stderr(), '');
});

t.test(
  'a handler that copies from a page whose fault nobody serves is not to blame, and the hypervisor goes on',
  { skip: skip || missing('userfaultfd') },
  async (t) => {
    const file = source(
      t,
      `import { defineHypercall, pointer } from 'fauxen';
export default defineHypercall({ name: 'fill', number: 100, args: { to: pointer('char *') }, handler({ to }, xen) {
  xen.copyToGuest(to, new Uint8Array(100));
  return 5;
} });
`,
    );
    const program = compile(t, 'unserved-page.c', ['-pthread']);
    for (const transport of ['seccomp', 'fuse', 'seccomp-only']) {
      const options = ['--transport', transport, '--handler-timeout', '0.1', '--hypercalls', file];
      const { stdout, status, stderr } = await fauxen(['run', ...options, '--', program, '4', '100'], {
        timeout: 60_000,
      });
      t.match(stdout, /^others: some got EIO, 0 strange answers, /m, transport);
      t.match(stdout, 'the call that was stuck: 5\n');
      t.match(stdout, /^afterwards: 262161$/m);
      t.notMatch(stderr, 'cut off');
      t.equal(status, 0, stderr);
    }
  },
);
