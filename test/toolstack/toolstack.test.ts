import { readdirSync } from 'node:fs';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { cli } from '../helpers/fauxen.ts';
import { bashInDom0, withoutTools } from '../helpers/in-dom0.ts';
import { processesWith } from '../helpers/processes.ts';
import { runCommand } from '../helpers/run-command.ts';

const skip = withoutTools;

const env = { ...process.env, FAUXEN_TOOLSTACK_TEST: String(process.pid) };

const run = (script: string, options: string[] = []) => bashInDom0(script, options, env);

t.test('xl finds a dom0, and nothing is left of it afterwards', { skip }, async (t) => {
  const { status, stdout, stderr } = await run('xl list; cat /sys/hypervisor/type; xl dmesg');
  t.equal(stderr, '');
  t.equal(status, 0);
  t.match(stdout, /^Domain-0 +0 +1024 +2 +r-----/m);
  t.match(stdout, /^xen$/m);
  t.match(stdout, /^\(XEN\) Command line:/m);
  t.strictSame(processesWith(`FAUXEN_TOOLSTACK_TEST=${process.pid}`), [], 'its daemons have ended');
});

t.test('the program’s files in /run stay private', { skip }, async (t) => {
  const { stdout } = await run('touch /run/fauxen-private && ls /run/fauxen-private /run/xenstored/socket');
  t.equal(stdout, '/run/fauxen-private\n/run/xenstored/socket\n');
  t.notOk(readdirSync('/run').includes('fauxen-private'));
});

t.test("the exit status is the program's, also with --toolstack", { skip }, async (t) => {
  t.equal((await run('exit 7')).status, 7);
});

t.test(
  'private state directories have the machine’s directories, empty',
  { skip: skip || missing('rootMount') },
  async (t) => {
    const own =
      'mount -t tmpfs state /var/lib/xen && mkdir /var/lib/xen/dump && touch /var/lib/xen/dump/old /var/lib/xen/file';
    const { status, stdout, stderr } = await runCommand(
      'unshare',
      [
        '--mount',
        'sh',
        '-c',
        `${own} && exec "$@"`,
        'sh',
        process.execPath,
        cli,
        'run',
        '--toolstack',
        '--',
        'ls',
        '-R',
        '/var/lib/xen',
      ],
      { timeout: 50_000, env },
    );
    t.equal(stderr, '');
    t.equal(status, 0);
    t.match(stdout, /^dump$/m);
    t.match(stdout, /^\/var\/lib\/xen\/dump:\n$/m, 'and nothing in it');
    t.notMatch(stdout, /^(old|file)$/m);
  },
);
