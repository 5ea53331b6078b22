import t from 'tap';
import { CallerMemory } from '../../src/caller/memory.ts';
import type { RefusedPage } from '../../src/caller/pages.ts';
import { addressOf } from '../../src/linux/libc.ts';
import { capabilities, missing } from '../helpers/capabilities.ts';
import { compile, Program } from './program.ts';

async function pages(...flags: string[]) {
  const program = new Program(compile('pages', ...flags));
  const [all] = await program.expect(/[\s\S]*ready\n/);
  const at = new Map<string, number>();
  for (const [, name, address] of all!.matchAll(/^(\S+) ([0-9a-f]+)$/gm)) at.set(name!, Number.parseInt(address!, 16));
  return { program, at };
}

/** On a kernel without a zero page, memory that was only read is private to the process and can be written. */
const ZERO_WRITES = capabilities.zeroPage ? 0 : 16;

/** How many of 16 bytes are copied: by Xen (first two numbers), by Linux's drivers (last two). */
const TABLE: [string, number, number, number, number][] = [
  // name, Xen reads, Xen writes, Linux reads, Linux writes
  ['protnone', 0, 0, 0, 0],
  ['readonly', 16, 0, 16, 0],
  ['constant', 16, 0, 16, 0],
  ['written', 16, 16, 16, 16],
  ['heap', 16, 16, 16, 16],
  ['stack', 16, 16, 16, 16],
  ['data', 16, 16, 16, 16],
  ['two', 16, 16, 16, 16],
  ['shared', 16, 16, 16, 16],
  ['shared-anonymous', 16, 16, 16, 16],
  ['private-written', 16, 16, 16, 16],
  ['forked-written', 16, 16, 16, 16],
  ['private-read', 16, 0, 16, 16],
  ['forked', 16, 0, 16, 16],
  ['zero', 16, ZERO_WRITES, 16, 16],
  ['bss-read', 16, 0, 16, 16],
  ['straddle', 8, 8, 16, 16],
  ['untouched', 0, 0, 16, 16],
];

for (const flags of [[], ['-static'], ['-m32', '-static']]) {
  const skip = flags.includes('-m32') && missing('multilib', 'ia32');
  t.test(`pages of a program, ${flags.join(' ') || 'dynamic'}`, { skip }, async (t) => {
    const { program, at } = await pages(...flags);
    const refused: RefusedPage[] = [];
    const memory = new CallerMemory({ strict: true, onRefused: (page) => refused.push(page) }).attach(program.pid);
    const bytes = new Uint8Array(32);
    // All strict copies come first: the others fault pages in.
    for (const [name, reads, writes] of TABLE) {
      t.equal(memory.read(at.get(name)!, bytes, 16, 16), reads, `Xen reads ${name}`);
      t.equal(memory.write(at.get(name)!, bytes, 16, 16), writes, `Xen writes ${name}`);
    }
    const why = (name: string) => refused.filter(({ address }) => address === at.get(name)).map((page) => page.reason);
    t.same(why('untouched'), ['absent', 'absent']);
    t.same(why('zero'), capabilities.zeroPage ? ['zero page or copy-on-write'] : []);
    t.same(why('forked'), ['zero page or copy-on-write']);
    t.same(why('private-read'), ['private file page']);
    t.match(refused[0], { tid: program.pid });
    for (const [name, , , reads, writes] of TABLE) {
      t.equal(memory.copyFromUser(at.get(name)!, bytes, 0, 16), reads, `Linux reads ${name}`);
      t.equal(memory.copyToUser(at.get(name)!, bytes, 0, 16), writes, `Linux writes ${name}`);
    }
    const lenient = new CallerMemory().attach(program.pid);
    t.equal(lenient.write(at.get('untouched')!, bytes, 0, 16), 16);
    program.child.stdin!.end();
    t.equal((await program.ended).code, 0);
    t.equal(lenient.read(at.get('written')!, bytes, 0, 16), 0, 'the process has ended');
    t.equal(memory.attach(program.pid).read(at.get('written')!, bytes, 0, 16), 0);
  });
}

t.test('bytes arrive at the right addresses', async (t) => {
  const running = await pages();
  const memory = new CallerMemory().attach(running.program.pid);
  const address = running.at.get('two')!;
  t.equal(memory.write(address, Uint8Array.of(9, 1, 2, 3, 9), 1, 3), 3);
  const into = new Uint8Array(6).fill(7);
  t.equal(memory.read(address, into, 2, 3), 3);
  t.same([...into], [7, 7, 1, 2, 3, 7]);
  t.equal(memory.read(address, new Uint8Array(into.buffer, 1, 2), 0, 2), 2, 'a view into a buffer');
  t.same([...into], [7, 1, 2, 2, 3, 7]);
  const large = new Uint8Array(1 << 20);
  t.equal(memory.read(address, large, 0, large.length), 8 + 4096, 'ends at a page that cannot be read');
  t.throws(() => memory.read(address, into, 4, 3), RangeError);
  t.throws(() => memory.write(address, into, -1, 3), RangeError);
  running.program.child.stdin!.end();
  await running.program.ended;
});

t.test('memory of a caller that no longer waits is neither read nor written', (t) => {
  const bytes = new Uint8Array(8).fill(5);
  const into = new Uint8Array(8).fill(1);
  let waits = true;
  const memory = new CallerMemory().attach(process.pid, { stillWaits: () => waits });
  t.equal(memory.read(addressOf(bytes), into, 0, 8), 8);
  t.equal(memory.write(addressOf(into), bytes, 0, 8), 8);
  t.notOk(memory.forbidden);
  waits = false;
  t.equal(memory.read(addressOf(bytes), into, 2, 4), 0);
  t.same([...into], [5, 5, 0, 0, 0, 0, 5, 5], 'what was read is not kept');
  t.equal(memory.write(addressOf(into), Uint8Array.of(9), 0, 1), 0);
  t.equal(into[0], 5);
  t.equal(memory.copyToUser(addressOf(into), Uint8Array.of(9), 0, 1), 0);
  t.equal(
    memory.copyFromUser(addressOf(bytes), into, 0, 8),
    0,
    'nor is what it asked, which may be what another program has there',
  );
  t.equal(memory.attach(process.pid).read(addressOf(bytes), into, 0, 8), 8, 'a caller that is held is not asked for');
  t.end();
});

t.test('nothing is copied at addresses outside user space', (t) => {
  const bytes = new Uint8Array(8);
  for (const strict of [false, true]) {
    const memory = new CallerMemory({ strict }).attach(process.pid);
    for (const address of [2 ** 47, 2 ** 47 + 4096, 2 ** 63, 2 ** 64, -1, -4096, Number.NaN, Infinity, 0.5, 0, 4096]) {
      t.equal(memory.read(address, bytes, 0, 8), 0, `read ${address}`);
      t.equal(memory.write(address, bytes, 0, 8), 0, `write ${address}`);
    }
    t.equal(memory.read(2 ** 47 - 4, bytes, 0, 8), 0);
    t.equal(memory.read(4096, bytes, 0, 0), 0);
    t.equal(new CallerMemory({ strict }).read(4096, bytes, 0, 8), 0, 'nobody is attached');
  }
  t.end();
});
