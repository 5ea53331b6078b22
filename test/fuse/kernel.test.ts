// A session against the real kernel.

import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { mounted } from './fixtures/mounted.ts';
import { GREETING } from './fixtures/tree.ts';

const skip = whyNot();
t.setTimeout(120_000);

function whyNot(): string | false {
  if (process.geteuid?.() !== 0) return 'mounting needs root';
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
    return false;
  } catch {
    return 'there is no /dev/fuse';
  }
}

t.test('reading: whole, at an offset, byte by byte', { skip }, async (t) => {
  const { directory, run, python, end, said } = await mounted(t);
  const greeting = join(directory, 'greeting');
  t.same(await run('cat', greeting), { stdout: GREETING, stderr: '', status: 0 });
  t.equal((await run('dd', `if=${greeting}`, 'bs=1', 'status=none')).stdout, GREETING);
  t.equal((await run('dd', `if=${greeting}`, 'bs=1', 'skip=6', 'count=4', 'status=none')).stdout, 'from');
  t.equal((await python('print(os.pread(os.open(path, 0), 9, 2**40))', 'greeting')).stdout, "b''\n");
  t.equal(await end(), 0);
  t.equal(said.filter((line) => line === 'release greeting').length, 4);
  t.equal(said.at(-1), 'ended pending=0 open=0');
});

t.test('writing, truncating and reading back', { skip }, async (t) => {
  const { directory, run, said, end } = await mounted(t);
  const notes = join(directory, 'notes');
  t.equal(
    (await run('sh', '-c', `echo first line > ${notes} && echo second >> ${notes} && cat ${notes}`)).stdout,
    'first line\nsecond\n',
  );
  t.equal(
    (await run('sh', '-c', `echo x > ${notes} && cat ${notes} && stat -c '%s %Y %a' ${notes}`)).stdout,
    'x\n2 1500000000 666\n',
  );
  t.equal((await run('sh', '-c', `head -c 300000 /dev/zero > ${notes} && wc -c < ${notes}`)).stdout, '300000\n');
  t.equal((await run('truncate', '-s', '5', notes)).status, 0);
  await end();
  t.ok(said.includes('truncate 5'));
});

t.test('listing, links, statfs', { skip }, async (t) => {
  const { directory, run } = await mounted(t);
  t.match((await run('ls', '-la', directory)).stdout, /^-rw-r--r-- +1 root root +0 .* greeting$/m);
  t.equal((await run('ls', join(directory, 'many'))).stdout.split('\n').length, 3001);
  t.equal((await run('readlink', join(directory, 'link'))).stdout, 'greeting\n');
  t.equal((await run('cat', join(directory, 'link'))).stdout, GREETING);
  t.equal((await run('stat', '-f', '-c', '%b %s %l', directory)).stdout, '0 4096 255\n');
  t.match((await run('grep', directory, '/proc/mounts')).stdout, `fauxen-test ${directory} fuse.fake rw,nosuid,nodev,`);
});

t.test('errors keep their number', { skip }, async (t) => {
  const { python } = await mounted(t);
  const errnoOf = async (call: string, file?: string) => {
    const program = `\ntry:\n  ${call}\n  print('ok')\nexcept OSError as e: print(errno.errorcode[e.errno])\n`;
    return (await python(program, file)).stdout.trim();
  };
  const cases = [
    ['os.open(path, 0)', 'missing', 'ENOENT'],
    ['os.open(path, 0)', 'locked', 'EBUSY'],
    ['os.open(path, os.O_CREAT | os.O_WRONLY)', 'new', 'EACCES'],
    ['os.mkdir(path)', 'new', 'EPERM'],
    ['os.symlink("x", path)', 'new', 'EPERM'],
    ['os.unlink(path)', 'greeting', 'EPERM'],
    ['os.rename(path, path + "2")', 'greeting', 'EPERM'],
    ['os.link(path, path + "2")', 'greeting', 'EPERM'],
    ['os.chmod(path, 0)', 'greeting', 'EPERM'],
    ['os.getxattr(path, "user.x")', 'greeting', 'ENOTSUP'],
    ['os.read(os.open(path, 0), 1)', 'broken', 'EIO'],
    ['os.read(os.open(path, 0), 1)', 'nothing', 'EINVAL'],
    ['os.write(os.open(path, 1), b"x")', 'greeting', 'EINVAL'],
    ['os.lseek(os.open(path, 0), 1, 0)', 'nothing', 'ESPIPE'],
    ['os.lseek(os.open(path, 0), 1, 0)', 'greeting', 'ok'],
    ['os.fsync(os.open(path, 0))', 'greeting', 'EINVAL'],
    ['os.fsync(os.open(path, 0))', 'memory', 'ok'],
    ['os.open(path, os.O_DIRECT)', 'greeting', 'EINVAL'],
    ['os.pwrite(os.open(path, os.O_RDWR), b"x", 5)', 'memory', 'EINVAL'],
    // FS_IOC_GETFLAGS and FS_IOC_FSGETXATTR, as of lsattr: the kernel makes them with its own memory.
    ['fcntl.ioctl(os.open(path, 0), 0x80086601, bytes(8))', 'greeting', 'ENOTTY'],
    ['fcntl.ioctl(os.open(path, 0), 0x80086601, bytes(8))', '.', 'ENOTTY'],
    ['fcntl.ioctl(os.open(path, 0), 0x801c581f, bytes(28))', 'control', 'ENOTTY'],
    ['os.truncate(path, 0)', 'greeting', 'ok'],
    ['fcntl.ioctl(os.open(path, 0), 0x305099)', 'control', 'ENOTTY'],
    ['fcntl.ioctl(os.open(path, 0), 0x305000)', 'greeting', 'ENOTTY'],
    ['fcntl.ioctl(os.open(path, 0), 0x305000, 1)', 'control', 'ENOENT'],
    // The kernel's translation: docs/design.md, fact 5.
    ['fcntl.ioctl(os.open(path, 0), 0x305001)', 'control', 'ENOTTY'],
  ] as const;
  const names = await Promise.all(cases.map(([call, file]) => errnoOf(call, file)));
  cases.forEach(([call, file, expected], index) => {
    t.equal(names[index]?.replace('EOPNOTSUPP', 'ENOTSUP'), expected, `${call} of ${file}`);
  });
});

t.test('ioctl: the argument arrives, and the result and thread id are returned', { skip }, async (t) => {
  const { python } = await mounted(t);
  const ioctl = (command: string) => `print(fcntl.ioctl(os.open(path, os.O_RDWR), ${command}))\n`;
  t.equal((await python(ioctl('0x305000, 0x1234'), 'control')).stdout, '42\n');
  t.equal((await python(ioctl('0x305003'), 'control')).stdout, '7\n', 'replyIoctl');
  const thread = `
def body():
    print(fcntl.ioctl(os.open(path, os.O_RDWR), 0x305002) == threading.get_native_id() != os.getpid())
t = threading.Thread(target=body)
t.start()
t.join()`;
  t.equal((await python(thread, 'control')).stdout, 'True\n');
});

t.test('poll wakes up, and a deferred read is answered by a write on the same open file', { skip }, async (t) => {
  const { python, run, directory } = await mounted(t);
  const scratch = t.testdir({});
  const poll = `
p = select.poll()
fd = os.open(path, os.O_RDWR)
p.register(fd, select.POLLIN)
first = p.poll(0)
open('${join(scratch, 'polled')}', 'w')
print(first, p.poll(15000) == [(fd, select.POLLIN)], os.read(fd, 10))`;
  const polling = python(poll, 'events');
  for (let tries = 0; tries < 1_500 && !existsSync(join(scratch, 'polled')); tries += 1) await sleep(10);
  await run('sh', '-c', `printf wake > ${join(directory, 'events')}`);
  t.equal((await polling).stdout, "[] True b'wake'\n");
  const stream = `
fd = os.open(path, os.O_RDWR)
t = threading.Thread(target=lambda: print(os.read(fd, 10)))
t.start()
time.sleep(0.3)
os.write(fd, b'late')
t.join()
try: os.read(os.open(path, os.O_RDONLY | os.O_NONBLOCK), 1)
except BlockingIOError: print('EAGAIN')`;
  t.equal((await python(stream, 'events')).stdout, "b'late'\nEAGAIN\n");
});

t.test('a signal interrupts a blocking read with EINTR; a killed reader leaves nothing', { skip }, async (t) => {
  const { python, end, said } = await mounted(t);
  const program = `
class Alarm(Exception): pass
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 0.3, 0.3)
fd = os.open(path, os.O_RDONLY)
buffer = ctypes.create_string_buffer(10)
print(libc.read(fd, buffer, 10), errno.errorcode[ctypes.get_errno()])`;
  t.equal((await python(program, 'events')).stdout, '-1 EINTR\n');
  const killed = await python(
    `
pid = os.fork()
if pid == 0: os.read(os.open(path, os.O_RDONLY), 10)
time.sleep(0.3)
os.kill(pid, 9)
print(os.waitpid(pid, 0)[1])`,
    'events',
  );
  t.equal(killed.stdout, '9\n');
  t.equal(await end(), 0);
  t.equal(said.at(-1), 'ended pending=0 open=0');
});

t.test('a new object gets a new inode; the same object keeps its inode', { skip }, async (t) => {
  const { python } = await mounted(t);
  const inodes = 'print(os.fstat(os.open(path, 0)).st_ino == os.fstat(os.open(path, 0)).st_ino)';
  t.equal((await python(inodes, 'fresh')).stdout, 'False\n');
  t.equal((await python(inodes, 'greeting')).stdout, 'True\n');
});

t.test('a file with a page cache is shared memory', { skip }, async (t) => {
  const { python } = await mounted(t);
  const program = `
map1 = mmap.mmap(os.open(path, os.O_RDWR), 4096)
map2 = mmap.mmap(os.open(path, os.O_RDWR), 4096)
map1[5:10] = b'hello'
print(map2[5:10])
map1.flush()
print(os.pread(os.open(path, 0), 5, 5))`;
  t.equal((await python(program, 'memory')).stdout, "b'hello'\nb'hello'\n");
});

t.test('a daemon that dies leaves a stale mount, which the next one explains', { skip }, async (t) => {
  const { directory, daemon, run } = await mounted(t);
  daemon.kill('SIGKILL');
  await new Promise((done) => daemon.once('exit', done));
  const program = `import('${new URL('mount-fuse.ts', import.meta.url)}').then(m => m.mountFuse('${directory}')).catch(e => console.log(e.message))`;
  const { stdout } = await run(process.execPath, '--import', 'tsx', '-e', program);
  t.equal(
    stdout.trim(),
    `cannot mount on ${directory}: ENOTCONN. Its daemon has ended: clear it with umount -l ${directory}`,
  );
});
