import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { errno, errnoName } from '../../src/linux/errno.ts';
import { POLL, PollSet, pread, read, setNonblocking, write } from '../../src/linux/io.ts';
import { ftruncate, memfdCreate } from '../../src/linux/memfd.ts';
import { gettid } from '../../src/linux/thread.ts';
import { getAffinity } from '../helpers/affinity.ts';
import { EFD, eventfd } from './eventfd.ts';

t.test('a memfd is written, read and cut', (t) => {
  const fd = memfdCreate('test');
  t.teardown(() => closeSync(fd));
  t.equal(write(fd, Buffer.from('hello'), 1, 3), 3);
  const into = Buffer.alloc(8);
  t.equal(pread(fd, into, 2, 6, 1), 2);
  t.equal(into.toString('latin1', 2, 4), 'lo'.replace('o', 'l'));
  t.equal(read(fd, into), 0, 'the end');
  t.equal(ftruncate(fd, 2), 0);
  t.equal(pread(fd, into, 0, 8, 0), 2);
  t.equal(ftruncate(fd, -1), -errno.EINVAL);
  t.throws(() => read(fd, into, 1, 8), RangeError);
  t.end();
});

t.test('failures are errno numbers', (t) => {
  t.equal(read(-1, new Uint8Array(1)), -errno.EBADF);
  t.equal(write(-1, new Uint8Array(1)), -errno.EBADF);
  t.equal(errnoName(-9), 'EBADF');
  t.equal(errnoName(4000), 'errno 4000');
  const directory = openSync('/', 'r');
  t.equal(read(directory, new Uint8Array(1)), -errno.EISDIR);
  closeSync(directory);
  t.end();
});

t.test('poll reports which eventfd was raised', (t) => {
  const first = eventfd();
  const second = eventfd(0, EFD.CLOEXEC | EFD.NONBLOCK);
  t.teardown(() => [first, second].forEach((fd) => void closeSync(fd)));
  const set = new PollSet(2);
  t.same([set.add(first), set.add(second)], [0, 1]);
  t.throws(() => set.add(0), RangeError);
  t.equal(set.wait(0), 0);
  const one = new Uint8Array(new BigUint64Array([1n]).buffer);
  t.equal(read(second, one.slice()), -errno.EAGAIN);
  t.equal(setNonblocking(first, true), 0);
  t.equal(read(first, one.slice()), -errno.EAGAIN);
  t.equal(write(second, one), 8);
  t.equal(set.wait(-1), 1);
  t.same([set.ready(0), set.ready(1)], [0, POLL.IN]);
  t.end();
});

t.test('the main thread has the id of its process', (t) => {
  t.equal(gettid(), process.pid);
  t.end();
});

t.test('the CPUs that are online count, also those that a thread may not use', (t) => {
  const [first] = getAffinity(0) as number[]; // of this thread: no error
  const file = fileURLToPath(new URL('../../src/linux/online-cpus.ts', import.meta.url));
  const print = `import('${file}').then(({ onlineCpus }) => console.log(onlineCpus()))`;
  const node = [process.execPath, '--import=tsx', '--eval', print];
  const output = execFileSync('taskset', ['-c', String(first), ...node], { encoding: 'utf8' });
  const online = execFileSync('getconf', ['_NPROCESSORS_ONLN'], { encoding: 'utf8' });
  t.equal(output, online);
  t.end();
});
