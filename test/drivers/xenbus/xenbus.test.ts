// /dev/xen/xenbus, /proc/xen/xenbus and /dev/xen/xenbus_backend as C programs and Debian's tools use them.

import t from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { compile } from '../../helpers/compile.ts';
import { fauxen } from '../../helpers/fauxen.ts';

const timeout = 50_000;
const needed = ['fuse', 'root', 'xenTools', 'xenstored', 'xenstoreUtils'] as const;
const skip = missing(...needed);

const refusals = `read with nothing there: Resource temporarily unavailable
poll: 0
more than a page: Invalid argument
length too long: Argument list too long
half a header: 8
then too much: Invalid argument
watch without token: Invalid or incomplete multibyte or wide character
watch without end: Invalid or incomplete multibyte or wide character
unknown transaction: 19
reply: type 16 req 7 "ENOENT\\0"
poll: 0
seek: Illegal seek
ioctl: Inappropriate ioctl for device
interrupted read: Interrupted system call
`;

const backend = (setup: string) => `xsd_port: 1
the same port: 1
unknown: Inappropriate ioctl for device
${setup}
`;

const store = `write: 39
written: type 11 req 7 "OK\\0"
read: type 2 req 7 "value"
of nothing: type 16 req 7 "ENOENT\\0"
watch: 27
watching: type 4 req 7 "OK\\0"
at once: type 15 req 0 "/tool\\0mine\\0"
made: type 12 req 7 "OK\\0"
poll: 1
event: type 15 req 0 "/tool/xenbus-test/a\\0mine\\0"
bad watch: Invalid argument
no longer: type 5 req 7 "OK\\0"
begun: type 6 req 7
in it: type 11 req 7 "OK\\0"
outside: type 16 req 7 "ENOENT\\0"
ended: type 7 req 7 "OK\\0"
outside: type 2 req 7 "in"
begun: type 6 req 7
in it: type 13 req 7 "OK\\0"
given up: type 2 req 7 "value"
`;

t.test('errno by errno, without a xenstored', { skip: missing('fuse', 'root', 'gcc', 'xenHeaders') }, async (t) => {
  const { stdout, stderr, status } = await fauxen(['run', '--', compile(t, 'xenbus.c'), 'alone']);
  t.equal(stdout, `${refusals}${backend('a new port: 1, told: 1')}page, in xsd_kva: x\n`);
  t.equal(stderr, '', 'nothing was asked of a xenstored');
  t.equal(status, 0);
});

t.test(
  'requests, watches and transactions of a C program',
  { skip: missing(...needed, 'gcc', 'xenHeaders') },
  async (t) => {
    const { stdout, stderr } = await fauxen(['run', '--toolstack', '--', compile(t, 'xenbus.c'), 'store'], { timeout });
    t.equal(stdout, refusals + backend('setup: File exists') + store);
    t.equal(stderr, '');
  },
);

t.test("Debian's xenstore tools through both names of xenbus", { skip }, async (t) => {
  const script = `
    for path in /dev/xen/xenbus /proc/xen/xenbus; do
      export XENSTORED_PATH=$path
      xenstore-write /tool/test $path && xenstore-read /tool/test
      xenstore-ls /tool
      xenstore-watch -n 2 /tool/test > /run/watched & # which it fills when it ends
      while kill -0 $! 2> /dev/null; do xenstore-write /tool/test again; sleep 0.1; done
      cat /run/watched
    done
    xl domname 0`;
  const { stdout, stderr } = await fauxen(['run', '--toolstack', '--', 'bash', '-c', script], { timeout });
  const once = (path: string) => `${path}\nxenstored = ""\ntest = "${path}"\n/tool/test\n/tool/test\n`;
  t.equal(stdout, `${once('/dev/xen/xenbus')}${once('/proc/xen/xenbus')}Domain-0\n`);
  t.equal(stderr, '');
});

t.test('requests wait for a xenstored that starts later, in the caller’s own mount namespace', { skip }, async (t) => {
  const script = `
    mount -t tmpfs none /run && mkdir /run/xenstored || exit
    xenstore-read /tool/xenstored && echo "asked early" &
    xenstore-write /tool/early yes & # it waits, too
    sleep 0.5
    /usr/lib/xen-4.17/bin/xenstored -N & daemon=$!
    wait %1; wait %2
    xenstore-read /tool/early
    kill $daemon`;
  const { stdout, stderr } = await fauxen(['run', '--', 'unshare', '--mount', 'bash', '-c', script], { timeout });
  t.equal(stdout, '\nasked early\nyes\n');
  t.match(stderr, /xenbus: no xenstored listens on \/run\/xenstored\/socket: requests wait for it/);
});

t.test('Ctrl-C interrupts a waiting request', { skip: missing('fuse', 'root', 'xenstoreUtils') }, async (t) => {
  const script = 'timeout -s INT 1 xenstore-read /tool; echo "ended with $?"; cat /proc/xen/capabilities';
  const { stdout } = await fauxen([
    'run',
    '--',
    'unshare',
    '--mount',
    'sh',
    '-c',
    `mount -t tmpfs none /run && ${script}`,
  ]);
  t.equal(stdout, 'ended with 124\ncontrol_d\n');
});

t.test('after the end of xenstored, requests get EIO, and the user gets a message', { skip }, async (t) => {
  const script = `
    export XENSTORED_PATH=/dev/xen/xenbus
    exec 3<>/dev/xen/xenbus
    read='\\2\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\6\\0\\0\\0/tool\\0'
    printf "$read" >&3; head -c 16 <&3 >/run/reply # it has no value
    kill -9 "$(cat /run/xenstore.pid)"
    xenstore-read /tool/xenstored
    echo "ended with $?"
    xenstore-read /tool/xenstored
    echo "ended with $?"
    printf "$read" >&3; head -c 20 <&3 | tail -c 4`;
  const { stdout, stderr } = await fauxen(['run', '--toolstack', '--', 'bash', '-c', script], { timeout });
  t.equal(stdout, 'ended with 1\nended with 1\nEIO\0');
  t.match(stderr, /xenstored has ended: tools that wait for it may wait for ever/);
});

t.test('a guest has no store', { skip: missing('fuse', 'root') }, async (t) => {
  const script = 'ls /dev/xen; exec 3<>/dev/xen/xenbus';
  const { stdout, stderr } = await fauxen(['run', '--domain', '5', '--', 'bash', '-c', script]);
  t.equal(stdout, 'evtchn\ngntalloc\ngntdev\nhypercall\nprivcmd\nxenbus\n');
  t.match(stderr, /\/dev\/xen\/xenbus: No such file or directory/);
});
