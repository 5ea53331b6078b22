import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { checkout } from '../helpers/source-files.ts';

const skip = missing('fuse', 'gcc', 'xenHeaders', 'ptrace');

/** A hypercall file, and a program that makes the hypercalls with the given numbers. */
function prepare(t: Test, source: string): { file: string; ask: string } {
  const file = join(t.testdir({}), 'hog.ts');
  writeFileSync(file, source);
  return { file, ask: compile(t, join(checkout, 'test/programs/ask.c')) };
}

t.test(
  'a handler that hoards memory ends the hypervisor, which says so; callers go on, through either transport',
  { skip },
  async (t) => {
    const { file, ask } = prepare(
      t,
      `import { defineHypercall } from 'fauxen';
const kept: number[][] = [];
export default defineHypercall({
  name: 'hog',
  number: 100,
  handler() { for (let i = 0; i < 500; i++) kept.push(new Array(50_000).fill(i)); return 0; },
});
`,
    );
    for (const transport of ['fuse', 'seccomp']) {
      const options = ['--transport', transport, '--handler-timeout', '20', '--hypercalls', file];
      const ran = await fauxen(['run', ...options, '--', ask, ...new Array(20).fill('100'), '17'], { timeout: 50_000 });
      t.equal(ran.timedOut, false, transport);
      t.match(ran.stdout, /^100: 0\n/, 'it served as long as it could');
      t.match(ran.stdout, /^17: -1 /m, 'nobody waits for ever');
      t.match(
        ran.stderr,
        'the hypervisor ran out of memory (1024 MB) and has ended: does a handler keep all that it allocates?',
      );
    }
  },
);

t.test(
  "memory outside of JavaScript's heap is bounded too, taken in one call or little by little",
  { skip },
  async (t) => {
    const { file, ask } = prepare(
      t,
      `import { defineHypercall } from 'fauxen';
const kept: Buffer[] = [];
export default [
  defineHypercall({ name: 'hog', number: 100, handler() { for (;;) kept.push(Buffer.alloc(2 ** 20, 1)); } }),
  defineHypercall({ name: 'glutton', number: 101, handler() { kept.push(Buffer.alloc(2 ** 24, 1)); return 0; } }),
];
`,
    );
    for (const [transport, number] of [
      ['fuse', '100'],
      ['seccomp', '101'],
    ] as const) {
      // Filling the memory takes seconds; twice the allowed amount is requested.
      const options = ['--transport', transport, '--handler-timeout', '40', '--hypercalls', file];
      const calls = new Array<string>(200).fill(number);
      const ran = await fauxen(['run', ...options, '--', ask, ...calls, '17'], { timeout: 60_000 });
      t.equal(ran.timedOut, false, `${transport}, ${number}`);
      if (number === '101') t.match(ran.stdout, /^101: 0\n/, 'it served as long as it could');
      t.match(ran.stdout, /^17: -1 /m, 'nobody waits for ever');
      t.match(
        ran.stderr,
        'the hypervisor ran out of memory (1536 MB) and has ended: does a handler keep all that it allocates?',
      );
      t.equal(ran.status, 125, 'the program ended well, its hypervisor did not');
    }
  },
);
