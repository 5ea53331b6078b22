// The seccomp transport does not keep callers from changing: a caller that becomes another program during a call, and a caller that
// the daemon can access only with more rights than the transport has.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { compile } from '../helpers/compile.ts';
import { fauxen } from '../helpers/fauxen.ts';

/** Limits a wait that cannot succeed through FUSE, where the caller cannot execute anything before it is answered. */
const PATIENCE_MS = 1_500;

function reaching(dir: string): string {
  return `import { existsSync, writeFileSync } from 'node:fs';
import { defineHypercall, pointer } from 'fauxen';

const attempt = (work) => { try { return work(); } catch (error) { return error.message.slice(0, 6); } };

export default defineHypercall({
  name: 'reach',
  number: 100,
  args: { place: pointer('char *') },
  handler({ place }, xen) {
    const name = (file) => ${JSON.stringify(`${dir}/`)} + file;
    writeFileSync(name('began'), '');
    for (const end = Date.now() + ${PATIENCE_MS}; !existsSync(name('became')) && Date.now() < end; );
    const read = attempt(() => Buffer.from(xen.copyFromGuest(place, 12)).toString());
    const wrote = attempt(() => xen.copyToGuest(place, 'overwritten') ?? 'yes');
    writeFileSync(name('saw'), JSON.stringify({ became: existsSync(name('became')), read, wrote }));
    writeFileSync(name('tried'), '');
    return 0;
  },
});
`;
}

/** 1 if the serving thread has CAP_SYS_PTRACE. */
const rights = `import { readFileSync } from 'node:fs';
import { defineHypercall } from 'fauxen';
export default defineHypercall({
  name: 'rights',
  number: 101,
  handler() {
    const [, bits] = /^CapEff:\\s*(\\w+)/m.exec(readFileSync('/proc/thread-self/status', 'latin1'));
    return Number((BigInt('0x' + bits) >> 19n) & 1n);
  },
});
`;

async function become(t: Test, transport: string) {
  const dir = t.testdir({});
  writeFileSync(join(dir, 'reach.ts'), reaching(dir));
  const program = compile(t, 'loose.c', ['-pthread']);
  const options = ['--transport', transport, '--hypercalls', join(dir, 'reach.ts'), '--handler-timeout', '20'];
  const { stdout, stderr, status } = await fauxen(['run', ...options, '--', program, 'become', dir]);
  t.equal(stdout, "the other program's\n", 'its memory is as it was');
  t.equal(stderr, '');
  t.equal(status, 0);
  return JSON.parse(readFileSync(join(dir, 'saw'), 'utf8'));
}

const skip = missing('fuse', 'mount', 'root', 'gcc', 'xenHeaders');

t.test(
  'a caller that became another program in mid-call: nothing is read of it, nothing written',
  { skip },
  async (t) => {
    t.same(await become(t, 'seccomp'), { became: true, read: 'EFAULT', wrote: 'EFAULT' });
  },
);

t.test('through FUSE a caller becomes another program only after its answer', { skip }, async (t) => {
  t.same(await become(t, 'fuse'), { became: false, read: "the caller's", wrote: 'yes' });
});

t.test(
  'the seccomp transport has no right to touch processes of others; their calls come through FUSE',
  { skip },
  async (t) => {
    const dir = t.testdir({ 'rights.ts': rights });
    const program = compile(t, 'loose.c', ['-pthread']);
    const run = (transport: string) =>
      fauxen(['run', '--transport', transport, '--hypercalls', join(dir, 'rights.ts'), '--', program, 'drop', dir]);
    const quick = await run('seccomp');
    t.equal(quick.stdout, 'root: 0\nnobody: 1\nclosed: 1\n', quick.stderr);
    t.equal((await run('fuse')).stdout, 'root: 1\nnobody: 1\nclosed: 1\n');
  },
);
