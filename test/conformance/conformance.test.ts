import { spawnSync } from 'node:child_process';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { stable } from './masks.ts';
import { compare, modesOf, parseRecording } from './recording.ts';

const needs = ['mount', 'gcc', 'static', 'xenHeaders', 'ptrace'] as const;

function conforms(t: Test, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync('scripts/conformance', args, { encoding: 'utf8' });
  if (status !== 0) t.comment(stdout, stderr);
  t.equal(status, 0);
  t.match(stdout, /^matched [1-9]\d* of \d+$/m);
  t.end();
}

for (const transport of ['fuse', 'seccomp']) {
  t.test(`every probe answers as a real Xen did, through ${transport}`, { skip: missing(...needs) }, (t) =>
    conforms(t, '--transport', transport, 'dom0', 'pv', 'pvh', 'blocked'),
  );
}

t.test('a 32-bit program gets a real Xen’s answers', { skip: missing(...needs, 'multilib', 'ia32') }, (t) =>
  conforms(t, 'probe32'),
);

t.test('a recording is parsed, and compared in order', (t) => {
  const recorded = parseRecording(
    '# probe path=p mode=mc x\na.b\t0\t0\tx=1\na.b\t0\t0\tx=2\n# rc=0 mode=mc\nc\t-1\tEPERM\t\n',
  );
  t.same(modesOf(recorded), ['mc']);
  t.same(compare(recorded, recorded), []);
  const [first, second, third] = recorded;
  if (first === undefined || second === undefined || third === undefined) return t.end();
  t.same(compare([second, third], recorded), [], 'a line that was kept back is passed over');
  t.same(compare(recorded, [second, first, third]).length, 1, 'the order counts');
  t.same(compare(recorded, [first, second]), [{ expected: third, got: undefined }]);
  t.end();
});

t.test('only details that may differ are masked', (t) => {
  t.equal(stable('sysctl.physinfo', 'cpus=2 free=515606 scrub=0 x'), 'cpus=2 free=- scrub=- x');
  t.equal(stable('evt.status.port1', 'status=4 vcpu=0'), 'status=4 vcpu=0');
  t.equal(stable('ver.extraversion', '".7" hex=2e37'), '".7" hex=2e37');
  t.end();
});
