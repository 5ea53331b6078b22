import t from 'tap';
import { ChangedTree } from '../../../src/user-hypercalls/patch/changed-tree.ts';
import { parseDiff } from '../../../src/user-hypercalls/patch/diff.ts';
import { wholeFile } from '../../../src/user-hypercalls/patch/known-file.ts';

const path = 'xen/common/kernel.c';

function diffOf(...hunks: string[]): string {
  return `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`;
}

function linesOf(tree: ChangedTree, of = path): string[] {
  return (tree.get(of)?.pieces ?? []).map(({ lines }) =>
    lines
      .filter(({ state }) => state !== 'gone')
      .map(({ text, state }) => `${state === 'added' ? '+' : ''}${text}`)
      .join('|'),
  );
}

function treeOf(...diffs: string[]): ChangedTree {
  const tree = new ChangedTree();
  for (const [index, diff] of diffs.entries()) for (const each of parseDiff(`${index}.patch`, diff)) tree.apply(each);
  return tree;
}

t.test('a later commit changes and removes what an earlier one added', async (t) => {
  const first = diffOf('@@ -10,2 +10,4 @@\n a\n+one\n+two\n b\n');
  t.same(linesOf(treeOf(first, diffOf('@@ -10,4 +10,4 @@\n a\n-one\n+ONE\n two\n b\n'))), ['a|+ONE|+two|b']);
  t.same(linesOf(treeOf(first, diffOf('@@ -10,4 +10,2 @@\n a\n-one\n-two\n b\n'))), ['a|b']);
  // Its line numbers belong to another version of the file: the content decides.
  t.same(linesOf(treeOf(first, diffOf('@@ -210,3 +210,3 @@\n one\n-two\n+2\n b\n'))), ['a|+one|+2|b']);
});

t.test('adjacent hunks form one piece, others do not', async (t) => {
  t.same(linesOf(treeOf(diffOf('@@ -1,2 +1,3 @@\n a\n+x\n b\n', '@@ -3,2 +4,3 @@\n c\n+y\n d\n'))), ['a|+x|b|c|+y|d']);
  t.same(linesOf(treeOf(diffOf('@@ -1,2 +1,3 @@\n a\n+x\n b\n', '@@ -30,2 +31,3 @@\n c\n+y\n d\n'))), [
    'a|+x|b',
    'c|+y|d',
  ]);
});

t.test('in a fully known file a hunk applies only where its lines are', async (t) => {
  const base = (of: string) => (of === path ? wholeFile(path, 'a\nb\nc\nd\n') : undefined);
  const tree = new ChangedTree(base);
  for (const each of parseDiff('p.patch', diffOf('@@ -7,2 +7,3 @@\n b\n+x\n c\n'))) tree.apply(each);
  t.same(linesOf(tree), ['a|b|+x|c|d']);
  const wrong = parseDiff('p.patch', diffOf('@@ -1,2 +1,3 @@\n a\n+x\n q\n'))[0];
  t.throws(() => new ChangedTree(base).apply(wrong as NonNullable<typeof wrong>), {
    message: /^p\.patch:3: this hunk does not apply: .*line 6 of the patch expects "q", the file has "b" there/,
  });
});

t.test('a renamed file keeps its changes; a deleted file is dropped', async (t) => {
  const tree = treeOf(
    diffOf('@@ -1,2 +1,3 @@\n a\n+x\n b\n'),
    `diff --git a/${path} b/xen/common/other.c\nrename from ${path}\nrename to xen/common/other.c\n`,
  );
  t.same(linesOf(tree, 'xen/common/other.c'), ['a|+x|b']);
  t.equal(tree.get(path), undefined);
  t.throws(() => tree.apply(parseDiff('2.patch', diffOf('@@ -1 +1,2 @@\n a\n+y\n'))[0] as never), {
    message: /^2\.patch:1: .*an earlier part of the patch removes it/,
  });
});

t.test('two patches of one base that change the same lines conflict, as for patch -p1', async (t) => {
  const first = diffOf('@@ -10,2 +10,3 @@\n a\n+one\n b\n');
  t.throws(() => treeOf(first, diffOf('@@ -10,2 +10,3 @@\n a\n+two\n b\n')), {
    message: `1.patch:3: this hunk does not apply: 0.patch:5 has changed these lines of ${path}`,
  });
  const removed = diffOf('@@ -10,3 +10,2 @@\n a\n-b\n c\n');
  t.throws(() => treeOf(removed, diffOf('@@ -10,3 +10,4 @@\n a\n+two\n b\n c\n')), {
    message: /0\.patch:5 has changed/,
  });
  // The same lines far away are a different place.
  t.same(linesOf(treeOf(first, diffOf('@@ -900,2 +900,3 @@\n a\n+two\n b\n'))), ['a|+one|b', 'a|+two|b']);
});
