import t from 'tap';
import { OpenInodes } from '../../../src/daemon/transport/open-inodes.ts';

t.test('an inode identifies an open file only while it is opened once', async (t) => {
  const [one, two] = [{ name: 'one' }, { name: 'two' }];
  const inodes = new OpenInodes<typeof one>();
  t.equal(inodes.only(7), undefined, 'never opened');
  inodes.opened(7, one);
  t.equal(inodes.only(7), one);
  t.equal(inodes.only(8), undefined, 'another inode');
  inodes.opened(7, two);
  t.equal(inodes.only(7), undefined, 'two open files');
  inodes.released(7, one);
  t.equal(inodes.only(7), two, 'the other has ended');
  inodes.released(7, two);
  t.equal(inodes.only(7), undefined);
  inodes.released(7, two);
  inodes.released(9, two);
  t.equal(inodes.only(7), undefined, 'an end that was heard of before');
});
