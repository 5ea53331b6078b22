import t, { type Test } from 'tap';
import { HIDDEN } from '../../../src/daemon/protocol/view-names.ts';
import { retryWhileStuck } from '../../../src/daemon/run/join-domain.ts';
import { MountStuck, RunError } from '../../../src/daemon/run/run-error.ts';

/** Work that fails this often, then succeeds, on a directory that looks like a running mount's. */
function attempt(t: Test, failures: number, error: () => Error) {
  let left = failures;
  return retryWhileStuck(t.testdir({ [HIDDEN]: { proc: {} } }), () => {
    if (left === 0) return 'done';
    left -= 1;
    throw error();
  });
}

t.test('a start that a stuck mount refused with EIO is repeated', async (t) => {
  t.equal(
    attempt(t, 0, () => new MountStuck('')),
    'done',
  );
  t.equal(
    attempt(t, 3, () => new MountStuck('cannot bind /proc: EIO')),
    'done',
  );
  t.equal(
    attempt(t, 3, () => Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO' })),
    'done',
  );
});

t.test('other errors are reported at once, and those of a mount that has ended', async (t) => {
  t.throws(() => attempt(t, 1, () => new RunError('cannot bind /proc: EPERM')), /EPERM/);
  t.throws(() => attempt(t, 1, () => Object.assign(new Error('EEXIST'), { code: 'EEXIST' })), /EEXIST/);
  const start = () => {
    throw new MountStuck('cannot bind /proc: EIO');
  };
  t.throws(() => retryWhileStuck(t.testdir({}), start), /EIO/);
});
