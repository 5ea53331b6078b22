import t from 'tap';
import { readTap } from '../../scripts/read-tap.ts';

const tap = `# Subtest: test/a.test.ts
    # Subtest: outer
        not ok 1 - one is two
          ---
          compare: ===
          ...
        ok 2 - later # SKIP missing: ptrace
        1..2
    not ok 1 - outer # time=1ms
      ---
      at: elsewhere
      ...
    not ok 2 - known # TODO some day
    1..2
not ok 1 - test/a.test.ts # time=2ms
  ---
  exitCode: 1
  ...
1..1
# { total: 3, pass: 0, fail: 1, skip: 1, todo: 1 }
`;

t.test('counts equal the summary’s; todo counts as skipped', (t) => {
  const { passed, failed, skipped, complete } = readTap(tap);
  t.strictSame({ passed, failed, skipped, complete }, { passed: 0, failed: 1, skipped: 2, complete: true });
  t.end();
});

t.test('a failure is reported once, with its path and its own diagnostics', (t) => {
  t.strictSame(readTap(tap).failures, [
    'FAILED: test/a.test.ts > outer\nnot ok 1 - one is two\n          compare: ===',
  ]);
  t.end();
});

t.test('a test file that fails as a whole is reported too', (t) => {
  const died = `not ok 1 - test/a.test.ts\n  ---\n  signal: SIGKILL\n  ...\n1..1\n# { total: 1, pass: 0, fail: 1 }\n`;
  t.match(readTap(died).failures, ['signal: SIGKILL']);
  t.end();
});

t.test('skips have their reasons', (t) => {
  t.strictSame(readTap(tap).skips, [{ name: 'later', reason: 'missing: ptrace' }]);
  t.end();
});

t.test('a truncated file is reported as incomplete', (t) => {
  t.equal(readTap('').complete, false);
  t.equal(readTap('ok 1 - fine\n').complete, false);
  t.end();
});
