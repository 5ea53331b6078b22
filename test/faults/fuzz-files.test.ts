// Calls must be answered for the right file: test/programs/fuzz-files.c knows what each of its descriptors refers to, and each kind of
// file has a distinct answer.

import { join } from 'node:path';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen, mountFauxen } from '../helpers/fauxen.ts';
import { type Finished, runCommand } from '../helpers/run-command.ts';

/** scripts/fuzz sets these. A printed seed repeats a run, as far as threads allow. */
const seconds = Number(process.env.FAUXEN_FUZZ_SECONDS ?? 4);
const seed = process.env.FAUXEN_FUZZ_SEED ?? String((Date.now() ^ process.pid) >>> 0);

/** Limit for the last action of each thread on a busy machine. */
const BOUND = 1_000 * seconds + 60_000;

const skip = missing('fuse', 'mount', 'root', 'gcc', 'xenHeaders');
const build = (t: Test) => compile(t, 'fuzz-files.c', ['-pthread', '-Wno-unused-function']);

function judge(t: Test, ran: Finished): void {
  t.notOk(ran.timedOut, 'in time');
  t.match(ran.stdout, /^\d+ calls, 0 wrong, each act at least [1-9]\d* times;.*\n$/);
  const said = ran.stderr.split('\n').filter((line) => !line.includes("a caller's memory does not respond"));
  t.strictSame(said, [''], 'nothing but that pages were served late');
  t.equal(ran.status, 0);
  t.comment(`FAUXEN_FUZZ_SEED=${seed}: ${ran.stdout.split('\n').at(-2)}`);
}

for (const transport of ['seccomp', 'fuse', 'auto']) {
  t.test(
    `run, transport ${transport}: no call is answered for another file`,
    { skip, timeout: BOUND + 10_000 },
    async (t) => {
      const args = [build(t), String(seconds), seed, '/proc/xen', '/dev/xen', '/proc'];
      judge(t, await fauxen(['run', '--transport', transport, '--', ...args], { timeout: BOUND }));
    },
  );
}

t.test('mount -o allow_other: no call is answered for the wrong file', { skip, timeout: BOUND + 10_000 }, async (t) => {
  const { dir, stderr, process: daemon } = await mountFauxen(t, ['-o', 'allow_other']);
  const env = { ...process.env, PRIVCMD: join(dir, 'privcmd'), FUZZ_SERVER: `${daemon.pid}` };
  judge(t, await runCommand(build(t), [String(seconds), seed, dir], { env, timeout: BOUND }));
  t.strictSame(
    stderr()
      .split('\n')
      .filter((line) => !line.includes("a caller's memory does not respond")),
    [''],
  );
});
