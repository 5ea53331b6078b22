// How long one caller can keep others waiting.

import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';

const skip = missing('fuse', 'gcc', 'xenHeaders', 'ptrace');
const skipMount = missing('mount', 'root', 'gcc', 'xenHeaders');

/**
 * The longest wait of other callers in milliseconds, the best of three runs: a busy machine delays a caller now and then, a fault does
 * so each time. Each run must end with such a number. `good`: no further run is needed.
 */
async function longestWait(t: Test, words: string[], good: number): Promise<{ most: number; said: string }> {
  let [most, said] = [Number.POSITIVE_INFINITY, ''];
  for (let run = 0; run < 3 && most >= good; run += 1) {
    const { stdout, stderr } = await fauxen(['run', '--log-level', 'fatal', ...words], { timeout: 40_000 });
    said += `${stdout}${stderr}`;
    t.match(stdout, /^\d+\n$/, stderr);
    most = Math.min(most, Number(stdout));
  }
  return { most, said };
}

t.test('a caller whose copies get stuck delays others only briefly', { skip }, async (t) => {
  const program = compile(t, 'guards.c', ['-pthread']);
  for (const transport of ['fuse', 'auto']) {
    const { most, said } = await longestWait(t, ['--transport', transport, '--', program, 'beside-stuck', '3'], 1_500);
    t.ok(most < 1_500, `${transport}: ${most} ms at most: ${said}`);
  }
});

t.test(
  'a caller that computes where it usually maps a grant delays others for moments only',
  { skip: skipMount },
  async (t) => {
    const program = compile(t, 'guards.c', ['-pthread']);
    const { most, said } = await longestWait(t, ['--', program, 'beside-computing', '2'], 400);
    t.ok(most < 400, `${most} ms at most: ${said}`);
  },
);

t.test('a long hypercall yields to others, through either transport', { skip }, async (t) => {
  const program = compile(t, 'guards.c', ['-pthread']);
  for (const transport of ['fuse', 'seccomp']) {
    const { most, said } = await longestWait(
      t,
      ['--transport', transport, '--', program, 'beside-long', '400000'],
      500,
    );
    t.ok(most < 500, `${transport}: ${most} ms at most: ${said}`);
  }
});
