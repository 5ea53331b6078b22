import fc from 'fast-check';
import t from 'tap';
import { ACCESS_RWX, PageAccess } from '../../../src/xen/memory/page-access.ts';
import { fuzz, timeout } from '../../helpers/fuzz.ts';

const FRAMES = 40;

t.test('ranges of access rights give the same results as single frames', { timeout }, async (t) => {
  const set = fc.tuple(fc.nat(FRAMES - 1), fc.nat(12), fc.nat(9));
  await fuzz(
    t,
    fc.property(fc.array(set, { maxLength: 60 }), (sets) => {
      const accesses = new PageAccess();
      const each = new Array<number>(FRAMES + 12).fill(ACCESS_RWX);
      for (const [frame, count, access] of sets) {
        accesses.set(frame, count, access);
        each.fill(access, frame, frame + count);
        const got = each.map((_, index) => accesses.get(index));
        if (got.join() !== each.join()) throw new Error(`set ${frame} +${count} to ${access}: ${got}, not ${each}`);
      }
    }),
  );
});

t.test('a whole address space costs no more than one frame, and scattered frames are limited', (t) => {
  const accesses = new PageAccess();
  t.ok(accesses.set(0, 2 ** 36, 5));
  t.equal(accesses.get(2 ** 36 - 1), 5);
  t.equal(accesses.get(2 ** 36), ACCESS_RWX);
  let frame = 0;
  while (accesses.set(2 * frame, 1, 3)) frame += 1;
  t.ok(frame > 30_000 && frame < 40_000, `${frame} frames`);
  t.equal(accesses.get(2), 3);
  t.equal(accesses.get(3), 5);
  t.end();
});
