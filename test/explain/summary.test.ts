import t from 'tap';
import { type FailureNote, failureSummary } from '../../src/explain/summary.ts';

const note = (asked: string, cause = 'null-pointer', count = 1): FailureNote => ({
  asked,
  cause,
  count,
  isOwn: true,
  isExpected: false,
  why: '',
  change: '',
  text: `the whole of ${asked}\n`,
});
const greet = note('hypercall 43 greet(message=0x0) = -EFAULT');

t.test('there is no summary after a run without failures', (t) => {
  t.equal(failureSummary([], false), '');
  t.equal(failureSummary([], true), '');
  t.end();
});

t.test('one line says how many calls failed, which, and the command that explains them', (t) => {
  t.equal(
    failureSummary([greet], false),
    'fauxen: 1 hypercall failed: greet (43) = -EFAULT. To see why: fauxen run --explain.\n',
  );
  const many = [
    greet,
    note('hypercall 60() = -ENOSYS', 'unknown-number', 5),
    ...[1, 2, 3].map((n) => note(`hypercall ${n} x(a=0) = -EPERM`)),
  ];
  t.match(
    failureSummary(many, false),
    /^fauxen: 9 hypercalls failed: x \(1\) = -EPERM, x \(2\) = -EPERM, x \(3\) = -EPERM and 2 more\./,
  );
  t.match(
    failureSummary([note('ioctl(privcmd, 0x5000, 0x1) = -ENOTTY')], false),
    'ioctl(privcmd, 0x5000, 0x1) = -ENOTTY',
  );
  t.end();
});

t.test('calls that succeeded but probably went wrong are listed separately', (t) => {
  t.match(
    failureSummary([note('hypercall 43 greet(a=0x1) = 22', 'positive-errno')], false),
    'fauxen: 1 hypercall may have gone wrong: greet (43) = 22 (positive-errno). To see why: fauxen run --explain.',
  );
  t.end();
});

t.test('a refusal by a working handler is listed on a terminal, but not in the one-line summary', (t) => {
  const refused = { ...note('hypercall 43 greet(a=0x1) = -ESRCH', 'handler-refused'), isExpected: true };
  t.equal(failureSummary([refused], false), '');
  t.equal(failureSummary([refused], true), refused.text);
  t.match(
    failureSummary([refused, note('hypercall 60() = -ENOSYS')], false),
    /^fauxen: 1 hypercall failed: 60 = -ENOSYS\./,
  );
  t.end();
});

t.test('a terminal shows the last five explanations', (t) => {
  t.equal(failureSummary([greet], true), greet.text);
  const seven = Array.from({ length: 7 }, (_, n) => note(`hypercall ${n} x() = -EPERM`));
  const text = failureSummary(seven, true);
  t.notMatch(text, 'hypercall 1 ');
  t.match(text, 'hypercall 2 ');
  t.match(text, '(2 earlier ones: fauxen run --explain)');
  t.end();
});
