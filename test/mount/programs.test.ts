import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { cli, fauxen, mountFauxen } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

const program = (name: string) => join(checkout, 'test/programs', name);
const example = join(checkout, 'examples/hello_hypercall.ts');

const expected = `string: 0
null string: 0
unknown: -1 Function not implemented
null struct: -1 Bad address
bad struct: -1 Bad address
unknown ioctl: -1 Inappropriate ioctl for device
version: 262161
read-only: 262161
`;
const printed =
  /hello_hypercall: called by domain 0\n.*hello_hypercall: hello from C\n.*\n.*hello_hypercall: no message\n/;

t.test(
  "the tutorial's program, dynamic and static",
  { skip: missing('fuse', 'gcc', 'xenHeaders', 'ptrace') },
  async (t) => {
    for (const flags of [[], ['-static']]) {
      const binary = compile(t, program('basics.c'), flags);
      const ran = await fauxen(['run', '--hypercalls', example, '--dmesg', '--', binary]);
      t.equal(ran.stdout, expected, flags.join());
      t.equal(ran.status, 0);
      t.match(ran.stderr, printed);
    }
  },
);

t.test('dmesg can be copied and archived', { skip: missing('fuse', 'ptrace') }, async (t) => {
  const script =
    'cd "$1" && cp "$0" copy && tar -cf archive -C "${0%/*}" dmesg && tar -xOf archive | cmp - copy && du -s "$0"';
  const ran = await fauxen(['run', '-q', '--', 'sh', '-c', script, '/proc/xen/dmesg', t.testdir()]);
  t.same(
    ran,
    { ...ran, status: 0, stdout: '0\t/proc/xen/dmesg\n', stderr: '' },
    'stat before and after the open agree',
  );
});

t.test(
  'where the kernel gives no timers (RLIMIT_SIGPENDING), it is served through either transport',
  { skip: missing('fuse', 'gcc', 'xenHeaders', 'ptrace') },
  async (t) => {
    const binary = compile(t, program('basics.c'));
    for (const [transport, warning] of [
      ['fuse', /^$/],
      ['auto', /^.*no timers \(EAGAIN\): calls take longer.*\n$/],
    ] as const) {
      const command = [
        process.execPath,
        cli,
        'run',
        '--quiet',
        '--transport',
        transport,
        '--hypercalls',
        example,
        '--',
        binary,
      ];
      const { stdout, stderr, status } = await runCommand('prlimit', ['--sigpending=0:0', ...command]);
      t.equal(stdout, expected, transport);
      t.match(stderr, warning);
      t.equal(status, 0);
    }
  },
);

t.test(
  'a 32-bit program: ENOTTY and a reason on a 64-bit dom0, served on a 32-bit one',
  {
    skip: missing('fuse', 'gcc', 'xenHeaders', 'multilib', 'ia32', 'ptrace'),
  },
  async (t) => {
    const binary = compile(t, program('basics.c'), ['-m32']);
    const wide = await fauxen(['run', '--hypercalls', example, '--dmesg', '--', binary]);
    t.match(wide.stdout, 'string: -1 Inappropriate ioctl for device');
    t.match(wide.stderr, 'a 32-bit program on a 64-bit dom0');
    const narrow = await fauxen(['run', '--hypercalls', example, '--dmesg', '--dom0-bits', '32', '--', binary]);
    t.equal(narrow.stdout, expected.replace('0xdeadbeef000', ''));
    t.match(narrow.stderr, printed);
  },
);

t.test(
  'threads, forked children, descriptors passed over a socket and to another uid',
  {
    skip: missing('fuse', 'gcc', 'xenHeaders', 'ptrace'),
  },
  async (t) => {
    const binary = compile(t, program('threads.c'), ['-pthread']);
    const ran = await fauxen(['run', '--', binary]);
    t.equal(ran.stdout, 'wrong: 0\n');
  },
);

t.test(
  'what a handler returns, writes and reads reaches the C program',
  {
    skip: missing('fuse', 'gcc', 'xenHeaders', 'ptrace'),
  },
  async (t) => {
    const file = join(t.testdir({}), 'results.ts');
    writeFileSync(
      file,
      `import { bytes, defineHypercall, i64, int64, pointer, u32 } from 'fauxen';
const define = defineHypercall;
export default [
  define({ name: 'echo', number: 100, args: { value: i64 }, handler: ({ value }) => value }),
  define({ name: 'large', number: 101, handler: () => 2 ** 31 }),
  define({ name: 'store', number: 102, args: { out: pointer() }, handler({ out }, xen) { xen.copyToGuest(out, int64(-12345678901234n)); } }),
  define({ name: 'wide', number: 103, handler: () => 0x123456789abcn }),
  define({ name: 'take', number: 104, args: { data: pointer(), size: u32 }, handler({ data, size }, xen) {
    const got = xen.copyFromGuest(data, size);
    return got.every((value, at) => value === ((at * 7) & 255)) ? 1 : 'EIO';
  } }),
];
`,
    );
    const binary = compile(t, program('results.c'));
    const ran = await fauxen(['run', '--hypercalls', file, '--', binary]);
    t.equal(
      ran.stdout,
      `one: 1
einval: -1 Invalid argument
2^31: -2147483648 Invalid argument
enosys: -1 Function not implemented
write: 0
out: -12345678901234
write to read-only: -1 Bad address
megabyte: 1
wide: ${0x123456789abc}
`,
    );
  },
);

t.test(
  'under fauxen mount: the same program on the mount, and cat dmesg',
  {
    skip: missing('fuse', 'gcc', 'xenHeaders', 'ptrace'),
  },
  async (t) => {
    const binary = compile(t, program('basics.c'));
    const { dir } = await mountFauxen(t, ['--hypercalls', example]);
    const ran = await runCommand(binary, [], { env: { ...process.env, PRIVCMD: join(dir, 'privcmd') } });
    t.equal(ran.stdout, expected);
    t.match((await runCommand('cat', [join(dir, 'dmesg')])).stdout, printed);
    t.equal((await runCommand('cat', [join(dir, 'capabilities')])).stdout, 'control_d\n');
  },
);

t.test('dmesg reads byte by byte, from the middle, and while it grows', { skip: missing('fuse') }, async (t) => {
  const { dir } = await mountFauxen(t);
  const file = join(dir, 'dmesg');
  const whole = (await runCommand('cat', [file])).stdout;
  t.match(whole, /^\(XEN\) /);
  t.equal((await runCommand('dd', ['bs=1', `if=${file}`, 'status=none'])).stdout, whole);
  t.equal((await runCommand('tail', ['-c', '+11', file])).stdout, whole.slice(10));
  t.equal((await runCommand('head', ['-c', '5', file])).stdout, whole.slice(0, 5));
});

t.test('the ioctl package is a client too', { skip: missing('fuse') }, async (t) => {
  const { dir } = await mountFauxen(t);
  const script = `
    const { openSync } = require('node:fs');
    const ioctl = require('ioctl');
    const call = Buffer.alloc(48);
    call.writeBigUInt64LE(17n, 0);
    console.log(ioctl(openSync(process.argv[1], 'r+'), 0x305000, call));`;
  const ran = await runCommand(process.execPath, ['-e', script, join(dir, 'privcmd')], { cwd: checkout });
  t.equal(ran.stdout, '262161\n', ran.stderr);
});

t.test(
  'lines that a killed program had written are in the ring',
  {
    skip: missing('fuse', 'gcc', 'xenHeaders', 'ptrace'),
  },
  async (t) => {
    const { dir } = await mountFauxen(t, ['--hypercalls', example]);
    const binary = compile(t, program('basics.c'));
    const ran = await runCommand('sh', ['-c', `${binary} & kill -9 $!; wait; ${binary} >/dev/null`], {
      env: { ...process.env, PRIVCMD: join(dir, 'privcmd') },
    });
    t.equal(ran.status, 0, ran.stderr);
    t.match(readFileSync(join(dir, 'dmesg'), 'utf8'), printed);
  },
);
