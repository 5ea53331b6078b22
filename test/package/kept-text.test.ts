import t from 'tap';
import { KeptText } from '../../src/package/kept-text.ts';
import { useCache } from '../helpers/use-cache.ts';

t.test('a cached text is used only for the same source', async (t) => {
  useCache(t, `${t.testdir({})}/cache`);
  const source = 'one\ntwo é';
  t.equal(new KeptText('words 1', 'a.txt', source).read(), undefined, 'nothing is kept yet');
  new KeptText('words 1', 'a.txt', source).write('made\nof it ü');
  t.equal(new KeptText('words 1', 'a.txt', source).read(), 'made\nof it ü');
  for (const other of ['', 'one', 'one\n', `${source}\n`, 'one\ntwo e'])
    t.equal(new KeptText('words 1', 'a.txt', other).read(), undefined, JSON.stringify(other));
  t.equal(new KeptText('words 2', 'a.txt', source).read(), undefined, 'another version made it');
  t.equal(new KeptText('other 1', 'a.txt', source).read(), undefined, 'something else made it');
});

t.test('an empty text is cached too', async (t) => {
  useCache(t, `${t.testdir({})}/cache`);
  new KeptText('words 1', 'a.txt', '').write('');
  t.equal(new KeptText('words 1', 'a.txt', '').read(), '');
});

t.test('without a cache directory nothing is cached', async (t) => {
  useCache(t, '');
  new KeptText('words 1', 'a.txt', 'x').write('y');
  t.equal(new KeptText('words 1', 'a.txt', 'x').read(), undefined);
});
