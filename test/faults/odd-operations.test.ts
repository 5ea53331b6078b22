// System calls that no program of Xen's makes on its files: each ends, with Linux's errno where Fauxen can choose it, and affects no other
// program.

import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { checkout } from '../helpers/source-files.ts';

const skip = missing('fuse', 'mount', 'root', 'gcc', 'xenHeaders');

const FILES = [
  ...['evtchn', 'gntdev', 'gntalloc', 'privcmd', 'xenbus', 'xenbus_backend'].map((name) => `/dev/xen/${name}`),
  ...['capabilities', 'dmesg', 'xsd_kva', 'xsd_port', 'privcmd'].map((name) => `/proc/xen/${name}`),
];

/** What Linux's drivers answer: they are devices without these operations, or files of a file system where nothing can be made. */
const ANSWERS = {
  open_direct: 'EINVAL',
  open_directory: 'ENOTDIR',
  fallocate: 'EOPNOTSUPP',
  rename: 'EPERM',
  link: 'EPERM',
  unlink: 'EPERM',
  mkdir: 'EPERM',
  exec: 'EACCES',
  setxattr: 'EOPNOTSUPP',
  handle: '0',
} as const;
const OF_FILE = {
  '/dev/xen/evtchn': { pread: 'ESPIPE', fsync: 'EINVAL', write_huge: '4096', getflags: 'ENOSYS' },
  '/dev/xen/gntdev': { pwrite: 'EINVAL', writev: 'EINVAL', splice_to: 'EINVAL', getflags: 'ENOTTY' },
  '/dev/xen/gntalloc': { pwrite: 'EINVAL', write_huge: 'EINVAL', getflags: 'ENOTTY' },
  '/dev/xen/privcmd': { readv: 'EINVAL', writev: 'EINVAL', fsync: 'EINVAL', getflags: 'ENOTTY' },
  '/dev/xen/xenbus': { pread: 'ESPIPE', fsync: 'EINVAL', write_huge: 'EINVAL', getflags: 'ENOTTY' },
  '/proc/xen/capabilities': { writev: 'EINVAL', fsync: 'EINVAL', getflags: 'ENOTTY' },
  '/proc/xen/xsd_kva': { pwrite: 'EINVAL', getflags: 'ENOTTY' },
} as const;

t.test('odd system calls on each file end, as on Linux, and the hypervisor goes on', { skip }, async (t) => {
  const program = compile(t, 'odd-operations.c');
  const ask = compile(t, join(checkout, 'test/programs/ask.c'));
  for (const transport of ['auto', 'fuse']) {
    const { stdout, stderr } = await fauxen([
      ...['run', '--quiet', '--transport', transport, '--', 'sh', '-c', '"$@"; "$0" 17', ask, program, ...FILES],
    ]);
    const said = new Map(stdout.split('\n').map((line) => line.split(': ') as [string, string]));
    t.same(
      stdout.split('\n').filter((line) => line.endsWith('KILLED')),
      [],
      'each ends',
    );
    for (const file of FILES)
      for (const [call, answer] of Object.entries(ANSWERS))
        t.equal(said.get(`${file} ${call}`), answer, `${file} ${call}`);
    for (const [file, answers] of Object.entries(OF_FILE))
      for (const [call, answer] of Object.entries(answers))
        t.equal(said.get(`${file} ${call}`), answer, `${file} ${call}`);
    t.match(stdout, /^17: 262161$/m);
    t.notMatch(stderr, 'ERROR');
  }
});
