import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { checkout } from '../helpers/source-files.ts';

const skip = missing('fuse', 'gcc', 'xenHeaders', 'ptrace');

t.test(
  'an endless handler is cut off, named in dmesg, and the next call works, through either transport',
  { skip },
  async (t) => {
    const file = join(t.testdir({}), 'loop.ts');
    writeFileSync(
      file,
      `import { defineHypercall } from 'fauxen';
let calls = 0;
export default [
  defineHypercall({ name: 'loop', number: 100, handler() { for (;;) calls += 1; } }),
  defineHypercall({ name: 'fine', number: 101, handler: () => (calls > 0 ? 7 : 8) }),
];
`,
    );
    const ask = compile(t, join(checkout, 'test/programs/ask.c'));
    for (const transport of ['fuse', 'seccomp']) {
      const ran = await fauxen([
        ...['run', '--transport', transport, '--handler-timeout', '0.2', '--hypercalls', file, '--dmesg'],
        ...['--', ask, '100', '101', '100', '17'],
      ]);
      t.equal(
        ran.stdout,
        '100: -1 Connection timed out\n101: 7\n100: -1 Connection timed out\n17: 262161\n',
        transport,
      );
      t.match(ran.stderr, `loop (${file}:4): the handler was cut off after 200 ms; the caller gets ETIMEDOUT`);
      t.equal(ran.status, 0);
    }
  },
);

t.test('an endless loop in C is cut off too', { skip: skip || missing('clang') }, async (t) => {
  const file = join(t.testdir({}), 'loop.c');
  writeFileSync(
    file,
    '#define __HYPERVISOR_loop 100\nvolatile int n;\nlong do_loop(void) { for (;;) n++; }\n#define __HYPERVISOR_fine 101\nlong do_fine(void) { return 7; }\n',
  );
  const ask = compile(t, join(checkout, 'test/programs/ask.c'));
  const ran = await fauxen(['run', '--handler-timeout', '0.2', '--hypercalls', file, '--', ask, '100', '101']);
  t.equal(ran.stdout, '100: -1 Connection timed out\n101: 7\n');
});

t.test('a throw, a wrong return type and a promise give clear errors', { skip }, async (t) => {
  const file = join(t.testdir({}), 'wrong.ts');
  writeFileSync(
    file,
    `import { defineHypercall } from 'fauxen';
export default [
  defineHypercall({ name: 'throws', number: 100, handler() { throw new Error('on purpose'); } }),
  defineHypercall({ name: 'text', number: 101, handler: () => 'soon' as never }),
  defineHypercall({ name: 'later', number: 102, handler: (async () => 1) as never }),
];
`,
  );
  const ask = compile(t, join(checkout, 'test/programs/ask.c'));
  const ran = await fauxen(['run', '--hypercalls', file, '--dmesg', '--', ask, '100', '101', '102', '17']);
  t.equal(ran.stdout, '100: -1 Bad address\n101: -1 Invalid argument\n102: -1 Invalid argument\n17: 262161\n');
  t.match(ran.stderr, 'throws: handler threw Error: on purpose');
  t.match(ran.stderr, 'text: handler returned string soon');
  t.match(ran.stderr, 'later: handler returned a promise');
});

t.test('wrong use of --handler-timeout is refused', { skip: missing('fuse') }, async (t) => {
  for (const value of ['-1', 'soon', '1e9']) {
    const ran = await fauxen(['run', `--handler-timeout=${value}`, '--', 'true']);
    t.equal(ran.status, 2, value);
    t.match(ran.stderr, '--handler-timeout takes seconds');
  }
});
