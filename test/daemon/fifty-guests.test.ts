import t from 'tap';
import { compile } from '../helpers/compile.ts';
import { inDom0, tinyGuests, withoutDom0 } from '../helpers/tiny-guests.ts';

const skip = withoutDom0();

t.test('fifty guests of both kinds, one after another, leave no page behind', { skip }, async (t) => {
  const folder = tinyGuests(t);
  const free = compile(t, 'free-pages.c', ['-lxenctrl']);
  const text = await inDom0(
    t,
    folder,
    `
before=$(${free})
echo $before
i=0
while [ $i -lt 25 ]; do
  xl create -q -e pvh.cfg
  xl create -q -e -p pv.cfg
  xl destroy tinypvh
  xl unpause tinypv
  xl destroy tinypv
  i=$((i + 1))
done
# The last guest's pages come back when xenconsoled has let go of its ring.
for _ in $(seq 100); do [ "$(${free})" = "$before" ] && break; sleep 0.1; done
${free}
xl list`,
  );
  const [before, after] = [...text.matchAll(/^\d+$/gm)].map(Number);
  t.equal(after, before);
  t.notMatch(text, /tiny/);
});
