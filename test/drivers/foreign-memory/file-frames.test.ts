import { fstatSync, writeSync } from 'node:fs';
import t from 'tap';
import { FileFrames } from '../../../src/drivers/foreign-memory/file-frames.ts';
import { runLength } from '../../../src/drivers/foreign-memory/map-pages.ts';
import { SPECIAL_PAGE } from '../../../src/xen/memory/special-pages.ts';

t.test('pages are zero, hold written data, and take no space before and after', async (t) => {
  const frames = new FileFrames(1);
  const blocks = () => fstatSync(frames.fd).blocks;
  const into = new Uint8Array(4);
  for (const page of [0, 0xfefff, SPECIAL_PAGE + 0xbffdf]) {
    frames.read(page, 4092, into.fill(9));
    t.same([...into], [0, 0, 0, 0]);
    t.equal(blocks(), 0);
    t.ok(frames.write(page, 4092, Uint8Array.of(1, 2, 3, 4)));
    frames.read(page, 4092, into);
    t.same([...into], [1, 2, 3, 4]);
    t.ok(blocks() > 0);
    frames.discard(page);
    frames.read(page, 4092, into);
    t.same([...into], [0, 0, 0, 0]);
    t.equal(blocks(), 0);
  }
  frames.close();
  frames.close();
  t.equal(frames.fd, -1);
});

t.test('other users cannot open the file of a read-only mapping for writing', async (t) => {
  const frames = new FileFrames(1);
  t.teardown(() => frames.close());
  t.equal(fstatSync(frames.fd).mode & 0o777, 0o600);
  const { readOnly } = frames;
  t.equal(frames.readOnly, readOnly, 'opened once');
  t.equal(fstatSync(readOnly).ino, frames.inode);
  t.throws(() => writeSync(readOnly, 'x'), { code: 'EBADF' });
  frames.close();
  t.ok(frames.readOnly < 0);
  t.throws(() => fstatSync(readOnly), { code: 'EBADF' }, 'closed, too');
});

t.test('adjacent pages form a run; repeated and missing ones end it', async (t) => {
  const pages = [5, 6, 7, 7, -22, -22, 9, 8];
  t.same(
    pages.map((_page, index) => runLength(pages, index)),
    [3, 2, 1, 1, 1, 1, 1, 1],
  );
});
