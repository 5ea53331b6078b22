import t from 'tap';
import { loadAbi } from '../../src/xen/abi/abi.ts';
import { missing } from '../helpers/capabilities.ts';
import { type Answer, groupOf, merge, parseAnswers, partsOf, readRecording, recorded, UNSTABLE } from './answers.ts';
import { compare, report } from './compare.ts';
import { groups } from './groups.ts';
import { survivable } from './machine/real-guest.ts';
import { readRatchet } from './ratchet.ts';
import { scriptOf, walkAs } from './walker.ts';

const needs = ['mount', 'gcc', 'static', 'ptrace'] as const;

for (const recording of recorded()) {
  t.test(
    `Xen ${recording}: no group answers less often as the real one does`,
    { skip: missing(...needs) },
    async (t) => {
      const answers = readRecording(recording);
      const script = await scriptOf(partsOf(recording).release, '');
      const comparison = compare(answers, parseAnswers(walkAs(recording, script)));
      const ratchet = readRatchet()[recording] ?? {};
      let worse = 0;
      for (const [group, { lines, results, whole }] of comparison.byGroup) {
        const least = ratchet[group];
        if (!t.ok(least !== undefined, `group ${group} has a ratchet: scripts/real-xen ratchet`)) continue;
        const better = results >= (least?.results ?? lines) && whole >= (least?.whole ?? lines);
        if (!better) worse++;
        t.ok(
          better,
          `${group}: ${results} results and ${whole} whole lines of ${lines}, at least ${least?.results} and ${least?.whole}`,
        );
      }
      if (worse > 0) t.comment(report(comparison, 3));
      t.same(new Set(answers.map(groupOf)), new Set(comparison.byGroup.keys()), 'every recorded group was compared');
      t.ok(comparison.total.lines > 12_000, `${comparison.total.lines} lines`);
    },
  );
}

t.test('a script depends only on its salt, and every group contributes to it', async (t) => {
  const [once, again, other] = [await scriptOf('4.17', 'a'), await scriptOf('4.17', 'a'), await scriptOf('4.17', 'b')];
  t.equal(once, again);
  t.not(once, other);
  for (const group of Object.keys(groups)) t.match(once, new RegExp(`^G ${group}$`, 'm'));
});

t.test('a guest that walks gets its events as before after each call that sets their vector', async (t) => {
  const lines = (await scriptOf('4.17', '', ['hvm'])).split('\n');
  const abi = await loadAbi('4.17');
  const call = `C ${abi.hypercalls.hvm_op?.toString(16)} ${abi.subOperations('HVMOP').set_evtchn_upcall_vector?.toString(16)} `;
  const calls = lines.flatMap((text, index) => (text.startsWith(call) ? [index] : []));
  t.ok(calls.length > 10, `${calls.length} calls`);
  for (const index of calls) {
    const [, buffer = ''] = /^U \S+ \S+ &(\w+) /.exec(lines[index + 1] ?? '') ?? [];
    const from = lines.lastIndexOf(`B ${buffer} 8 o z`, index);
    t.same(lines.slice(from + 1, index), [`N ${buffer} 4 1 f3`], 'vcpu 0, vector 0xf3');
    t.not(lines[index]?.split(' ')[3], `&${buffer}`, 'not the struct of the call itself');
  }
});

t.test('a PVH guest is not asked what would end it, a PV guest is', async (t) => {
  const script = await scriptOf('4.17', '', ['hvm']);
  const lines = (text: string): string[] => text.split('\n').filter((each) => each.startsWith('E '));
  t.equal(survivable(script, 'pv'), script);
  const kept = new Set(lines(survivable(script, 'pvh')));
  const left = lines(script).filter((each) => !kept.has(each));
  const ends = (vector: string) => `E hvm.set_evtchn_upcall_vector.vector.${vector}\tvector=${vector}`;
  t.same(left, [ends('0x10'), ends('0xff')]);
  t.equal(script.length - survivable(script, 'pvh').length > 100, true, 'with all of its instructions');
});

const line = (...words: string[]): string => words.join('\t');
const first = parseAnswers(
  [line('g.a', '0', '0', 'x=1', 'n=0x1 time=0x5', ''), line('g.b', '-1', 'ESRCH', '', '', 'gone')].join('\n'),
);

t.test('what two boots disagree about is no difference; everything else is, with a description', (t) => {
  const second = parseAnswers(
    [line('g.a', '0', '0', 'x=1', 'n=0x1 time=0x6', ''), line('g.b', '-1', 'ESRCH', '', '', 'gone')].join('\n'),
  );
  const real = merge(first, second);
  t.equal(real[0]?.changed, `n=0x1 time=${UNSTABLE}`);
  t.same(compare(real, first).total, { lines: 2, results: 2, whole: 2 });
  const words = (changed: Partial<Answer>) => {
    const [head, tail] = [real[0], real[1]];
    if (head === undefined || tail === undefined) throw new Error('two lines were recorded');
    return compare(real, [{ ...head, ...changed }, tail]).differences.map((each) => each.words);
  };
  t.same(words({ changed: 'n=0x2 time=0x7' }), ['n is 0x1 in Xen, 0x2 in Fauxen']);
  t.same(words({ changed: '' }), ['n is 0x1 in Xen, unchanged in Fauxen']);
  t.same(words({ result: '-1', errno: 'EINVAL' }), ['Xen answers 0, Fauxen -EINVAL']);
  t.same(words({ ring: 'hello' }), ['Xen prints nothing, Fauxen "hello"']);
  t.same(compare(real, first.slice(1)).differences[0]?.kind, 'missing');
  t.end();
});

t.test(
  'where a buffer holds a time, its changed bytes may begin elsewhere; other buffers and fields are compared',
  (t) => {
    const answer = (changed: string): Answer[] => parseAnswers(line('g.a', '0', '0', '', changed, ''));
    const real = merge(
      answer('size=0x8 clock[0..4]=01020304 name[0..2]=aabb'),
      answer('size=0x8 clock[0..4]=05020304 name[0..2]=aabb'),
    );
    const words = (changed: string) => compare(real, answer(changed)).differences.map((each) => each.words);
    t.same(words('size=0x8 clock[1..4]=020304 name[0..2]=aabb'), []);
    t.same(words('size=0x8 name[0..2]=aabb'), []);
    t.same(words('size=0x8 clock[1..4]=020304 name[1..2]=bb').length, 1);
    t.same(words('size=0x8 clock[1..4]=020304 name[0..2]=aabb clock=0x1').length, 1);
    t.end();
  },
);

t.test('messages are compared without what differs from boot to boot', (t) => {
  const ring = (cpu: number, frame: string) =>
    `d3: GFN 0x5 (0xf0000,5,7) -> (0x${frame},0,7) not permitted\\nDomain 3 reported crashed by domain 0 on cpu#${cpu}:\\n`;
  const answer = (text: string): Answer[] => parseAnswers(line('g.a', '0', '0', '', '', text));
  const serial = '(XEN) uart interrupt taking more than 4ms, switched to polling\\n';
  t.same(compare(answer(`(XEN) a\\n${serial}(XEN) b\\n`), answer('(XEN) a\\n(XEN) b\\n')).differences, []);
  const trace = (frame: string, offset: number) => `(XEN) xentrace: p0 mfn ${frame} offset ${offset}\\n`;
  t.same(compare(answer(trace('bfc9b', 129)), answer(trace('40101', 129))).differences, []);
  t.equal(compare(answer(trace('bfc9b', 129)), answer(trace('bfc9b', 130))).differences.length, 1);
  t.same(compare(answer(ring(0, 'bf6a8')), answer(ring(1, '100'))).differences, []);
  const device = (frame: string) => `d3: GFN 0x5 (0xf0000,0,5,7) -> (0x${frame},0,5,7) not permitted\\n`;
  t.equal(compare(answer(device('f0001')), answer(device('f0002'))).differences.length, 1, "a caller's number");
  t.end();
});
