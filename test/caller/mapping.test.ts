import { spawn } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { KeptMap } from '../../src/caller/kept-map.ts';
import { mappingAt, readText } from '../../src/caller/mapping.ts';
import { missing } from '../helpers/capabilities.ts';
import { compile, Program, Reader } from './program.ts';

t.test('a mapping is found at each of its addresses, by query and by text alike; a gap has none', async (t) => {
  const lines = readFileSync('/proc/self/maps', 'latin1').trim().split('\n');
  const line = lines.find((one) => / r-xp .*\//.test(one));
  const [, start, end, path] = /^(\S+)-(\S+) .* (\/.*)$/.exec(line ?? '') ?? [];
  const [from, to] = [Number.parseInt(start!, 16), Number.parseInt(end!, 16)];
  const expected = { start: from, end: to, protection: 5, shared: false, path };
  for (const address of [from, from + 1, to - 1]) {
    t.match(mappingAt(process.pid, address), expected);
    t.match(readText(process.pid, address), expected);
  }
  for (const find of [mappingAt, readText]) {
    t.equal(find(process.pid, 0x1000), undefined);
    t.equal(find(2 ** 22 + 1, from), undefined, 'no such process');
    t.equal(find(process.pid, 2 ** 64), undefined);
  }
});

t.test('query and text give the same mapping for every protection', async (t) => {
  for (const [, start = ''] of readFileSync('/proc/self/maps', 'latin1').matchAll(
    /^(\w+)-\w+ .*(?:\/\S+|\[stack\])$/gm,
  )) {
    const address = Number.parseInt(start, 16);
    t.same(mappingAt(process.pid, address), readText(process.pid, address), start);
  }
});

t.test('a kept map finds the same mapping as a new one, after any earlier query', async (t) => {
  const kept = new KeptMap();
  t.teardown(() => kept.close());
  const starts = [...readFileSync('/proc/self/maps', 'latin1').matchAll(/^(\w+)-\w+ .*$/gm)]
    .filter(([line]) => !line.endsWith('[vsyscall]'))
    .map(([, start = '']) => Number.parseInt(start, 16));
  t.ok(starts.length > 10);
  for (const address of [...starts, ...starts.toReversed(), ...starts.flatMap((start) => [start, starts[0] ?? 0])])
    t.equal(kept.at(process.pid, address)?.path, mappingAt(process.pid, address)?.path, address.toString(16));
});

t.test(
  'a reused thread id shows the memory of its new process, even while the first process continues',
  { skip: missing('root', 'gcc') },
  async (t) => {
    const program = new Program(compile('same-id'));
    const [, tid, address] = await program.expect(/^thread (\d+) (\w+)\n/m);
    const page = Number.parseInt(address!, 16);
    const kept = new KeptMap();
    t.teardown(() => kept.close());
    t.ok(mappingAt(Number(tid), page), 'the thread of the first has it');
    t.same(kept.at(Number(tid), page), mappingAt(Number(tid), page));
    t.same(kept.at(Number(tid), page), mappingAt(Number(tid), page), 'again, from the kept map');
    program.child.stdin!.write('\n');
    await program.expect(new RegExp(`^child ${tid}\n`, 'm'));
    t.equal(mappingAt(Number(tid), page), undefined);
    t.equal(kept.at(Number(tid), page), undefined, 'the kept map is not asked about another thread');
    t.ok(mappingAt(program.pid, page), 'which the first still has');
    program.child.stdin!.write('\n');
    t.same(await program.ended, { code: 0, signal: null });
  },
);

t.test('a number that is no address has no mapping', async (t) => {
  const kept = new KeptMap();
  t.teardown(() => kept.close());
  for (const address of [Number.NaN, 0.5, -1, 2 ** 60]) {
    t.equal(mappingAt(process.pid, address), undefined, String(address));
    t.equal(kept.at(process.pid, address), undefined, String(address));
  }
});

t.test('an unknown thread or an unmapped address has no mapping', async (t) => {
  const kept = new KeptMap();
  t.teardown(() => kept.close());
  t.equal(kept.at(process.pid, Number.NaN), undefined);
  t.equal(kept.at(2 ** 22 + 1, 4096), undefined, 'no such thread');
  const child = spawn('true', { stdio: 'ignore' });
  const isZombie = () => /^State:\s+Z/m.test(readFileSync(`/proc/${child.pid}/status`, 'latin1'));
  for (const end = Date.now() + 20_000; Date.now() < end && !isZombie(); ); // it is reaped when this returns
  t.equal(kept.at(child.pid ?? 0, 4096), undefined, 'one that has ended');
});

t.test('a removed file still has its path, in any script', { skip: missing('gcc') }, async (t) => {
  const program = compile('reader');
  const path = join(t.testdir({ 'à la 卡': {} }), 'à la 卡', 'reader');
  copyFileSync(program, path);
  const { pid } = await Reader.start(path, 1);
  t.teardown(() => process.kill(pid, 'SIGKILL'));
  rmSync(path);
  const maps = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  const start = maps.find((line) => line.endsWith(`${path} (deleted)`))?.split('-')[0];
  const address = Number.parseInt(start ?? '', 16);
  t.equal(mappingAt(pid, address)?.path, path);
  t.equal(readText(pid, address)?.path, path);
});
