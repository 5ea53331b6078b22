import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import t from 'tap';
import type { CallInCaller } from '../../src/caller/injected-call.ts';
import { lendFile } from '../../src/caller/lend-file.ts';
import { errno } from '../../src/linux/errno.ts';
import { fileOf } from '../../src/linux/open-file.ts';
import { missing } from '../helpers/capabilities.ts';
import { ownMounts } from '../helpers/own-mounts.ts';

const O_CLOEXEC = 0o2000000;
const skip = missing('root', 'rootMount');

/** A caller that is this process. Each call returns the given result and is recorded. */
function caller(results: Record<string, number>) {
  const calls: string[] = [];
  const call = ((name: string, ...args: unknown[]) => {
    calls.push(name === 'close' ? `close ${args[0]}` : name);
    return BigInt(results[name] ?? 0);
  }) as unknown as CallInCaller; // lendFile only makes calls
  return { call, calls };
}

t.test('a file is lent if the caller’s descriptor refers to it; any other descriptor is closed', async (t) => {
  const [fd, other] = [openSync('/dev/null', 'r+'), openSync('/dev/zero', 'r+')];
  t.teardown(() => {
    closeSync(fd);
    closeSync(other);
  });
  const file = { fd, ...fileOf(process.pid, fd)! }; // it was just opened
  const right = caller({ pidfd_open: 900, pidfd_getfd: fd });
  t.equal(lendFile(right.call, process.pid, file), fd);
  t.same(right.calls, ['pidfd_open', 'pidfd_getfd', 'close 900']);

  const wrong = caller({ pidfd_open: 900, pidfd_getfd: other, openat: fd });
  t.equal(lendFile(wrong.call, process.pid, file), fd, 'by its path');
  t.same(wrong.calls, ['pidfd_open', 'pidfd_getfd', 'close 900', `close ${other}`, 'openat']);

  const never = caller({ pidfd_open: -errno.EPERM, openat: other });
  t.equal(lendFile(never.call, process.pid, file), -errno.ESRCH);
  t.same(never.calls, ['pidfd_open', 'openat', `close ${other}`]);
});

t.test(
  'a caller with mounts of its own, where /proc may be ours, opens no path; a file for reading only is opened so',
  async (t) => {
    const fd = openSync('/dev/null', 'r');
    t.teardown(() => closeSync(fd));
    const file = { fd, ...fileOf(process.pid, fd)!, readOnly: true };
    const flags: unknown[] = [];
    const here = ((name: string, ...args: unknown[]) => {
      if (name === 'openat') flags.push(args[2]);
      return BigInt(name === 'openat' ? fd : -errno.EPERM);
    }) as unknown as CallInCaller;
    t.equal(lendFile(here, process.pid, file), fd);
    t.same(flags, [constants.O_RDONLY | O_CLOEXEC]);
    if (skip !== false) return t.comment(skip);
    const elsewhere = spawn('unshare', [...ownMounts, 'sh', '-c', 'echo up; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.teardown(() => elsewhere.kill('SIGKILL'));
    await once(elsewhere.stdout, 'data');
    const { call, calls } = caller({ pidfd_open: -errno.ENOSYS, openat: fd });
    t.equal(lendFile(call, elsewhere.pid ?? 0, file), -errno.ENOSYS);
    const other = caller({ pidfd_open: 900, pidfd_getfd: 901 });
    t.equal(lendFile(other.call, elsewhere.pid ?? 0, file), -errno.ESRCH, 'what it got is not the file');
    t.same([...calls, ...other.calls], ['pidfd_open', 'pidfd_open', 'pidfd_getfd', 'close 900', 'close 901']);
  },
);
