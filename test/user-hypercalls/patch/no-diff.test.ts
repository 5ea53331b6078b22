import t from 'tap';
import { LoadError } from '../../../src/user-hypercalls/load-error.ts';
import { parseDiff } from '../../../src/user-hypercalls/patch/diff.ts';
import { body, change, hunk, number, patched, pvEntry, skip } from './fixtures.ts';

const diff = number('plus', 43);

t.test('a text that is no unified diff is refused with what to do', async (t) => {
  const cases: [name: string, text: string, RegExp][] = [
    ['empty', '\n \n', /^p\.patch:1: the file is empty/],
    ['diff', 'diff -r a/x b/x\n12a13,15\n> int x;\n', /^p\.patch:2: a diff without context .* diff -u/],
    ['diff -e', '12a\nint x;\n.\n', /^p\.patch:1: a diff without context/],
    ['diff -n', 'diff -n a b\na12 1\nint x;\n', /^p\.patch:2: a diff without context/],
    ['quoted', diff.replace(/^/gm, '> '), /^p\.patch:1: the diff is indented or quoted/],
    ['indented', `Here it is:\n\n${diff.replace(/^/gm, '    ')}`, /^p\.patch:3: the diff is indented or quoted/],
    ['coloured', diff.replace(/^.*$/gm, '\u001b[32m$&\u001b[m'), /^p\.patch:1: .*git diff --no-color/],
    [
      'base64',
      `Subject: x\nContent-Transfer-Encoding: base64\n\n${Buffer.from(diff).toString('base64')}\n`,
      /^p\.patch:2: a mail in base64: .*git mailinfo/,
    ],
    [
      'quoted-printable',
      `Content-Transfer-Encoding: quoted-printable\n\n${body('long do_plus(int a)\n{\n    return a =3D 1;\n}')}`,
      /^p\.patch:\d+: a mail in quoted-printable/,
    ],
    ['a web page', body('#include &lt;xen/lib.h&gt;'), /^p\.patch:\d+: copied from the source of a web page/],
    [
      'no-break spaces',
      change('xen/common/x.c', hunk(' int a;\n+int b;\n int c;\n').replace(' int c', '\u00a0int c')),
      /^p\.patch:7: malformed hunk: .*no-break space/,
    ],
    ['something else', 'hello\n', /^p\.patch:1: no diff in it/],
  ];
  for (const [name, text, message] of cases)
    t.throws(() => parseDiff('p.patch', text), { constructor: LoadError, message }, name);
});

t.test('a mail in quoted-printable without encoded characters is a patch', async (t) => {
  const files = parseDiff('p.patch', `Content-Transfer-Encoding: quoted-printable\n\n${diff}`);
  t.equal(files.length, 1);
});

t.test('a patch in reverse is recognised by the number that it removes', { skip }, async (t) => {
  const reverse = (text: string) =>
    text.replace(/^\+(?!\+\+ )/gm, '-').replace(/^(@@ -\d+),(\d+) (\+\d+),(\d+)/gm, '$1,$4 $3,$2');
  await t.rejects(patched(t, reverse(number('plus', 43) + pvEntry('plus'))), {
    message: /0\.patch:1: the patch removes __HYPERVISOR_plus: it is reversed/,
  });
});
