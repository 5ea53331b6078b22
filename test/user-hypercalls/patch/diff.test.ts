import t from 'tap';
import { LoadError } from '../../../src/user-hypercalls/load-error.ts';
import { parseDiff } from '../../../src/user-hypercalls/patch/diff.ts';

const body = `@@ -10,2 +10,3 @@ void around(void)
 first
+second
 third
`;

t.test('git, diff -u, quilt and mails are read, with paths relative to Xen’s top folder', async (t) => {
  const heads = {
    git: 'diff --git a/xen/common/kernel.c b/xen/common/kernel.c\nindex 1..2 100644\n--- a/xen/common/kernel.c\n+++ b/xen/common/kernel.c\n',
    'without prefixes': '--- xen/common/kernel.c\n+++ xen/common/kernel.c\n',
    'diff -u of two trees':
      'diff -ur xen-4.2.0/xen/common/kernel.c mine/xen/common/kernel.c\n--- xen-4.2.0/xen/common/kernel.c\t2012-09-17 12:21:18.000000000 +0200\n+++ mine/xen/common/kernel.c\t2013-01-02 12:00:00.000000000 +0100\n',
    'made within xen/': '--- a/common/kernel.c\n+++ b/common/kernel.c\n',
    'a backup on the old side': '--- common/kernel.c.orig\n+++ common/kernel.c\n',
    quilt:
      'A text.\n\nIndex: xen-4.4/xen/common/kernel.c\n===================\n--- xen-4.4.orig/xen/common/kernel.c\n+++ xen-4.4/xen/common/kernel.c\n',
    'a mail':
      'From: somebody\nSubject: [PATCH] x\n\n---\n kernel.c | 1 +\n\ndiff --git a/xen/common/kernel.c b/xen/common/kernel.c\n--- a/xen/common/kernel.c\n+++ b/xen/common/kernel.c\n',
  };
  for (const [name, head] of Object.entries(heads)) {
    const text = `${head}${body}-- \n2.39.5\n`;
    for (const each of [text, text.replaceAll('\n', '\r\n')]) {
      const files = parseDiff('p.patch', each);
      t.match(
        files,
        [{ path: 'xen/common/kernel.c', kind: 'changed', hunks: [{ oldStart: 10, heading: 'void around(void)' }] }],
        name,
      );
      t.same(
        files[0]?.hunks[0]?.lines.map(({ kind, text, at }) => [kind, text, at.line]),
        ['first', 'second', 'third'].map((word, index) => [
          index === 1 ? 'added' : 'context',
          word,
          head.split('\n').length + 1 + index,
        ]),
        name,
      );
    }
  }
});

t.test('new, deleted, renamed and copied files', async (t) => {
  const files = parseDiff(
    'p.patch',
    `diff --git a/xen/common/new.c b/xen/common/new.c
new file mode 100644
--- /dev/null
+++ b/xen/common/new.c
@@ -0,0 +1 @@
+int x;
\\ No newline at end of file
diff --git a/xen/common/old.c b/xen/common/old.c
deleted file mode 100644
--- a/xen/common/old.c
+++ /dev/null
@@ -1 +0,0 @@
-int y;
diff --git a/xen/common/from.c b/xen/common/to.c
similarity index 100%
rename from xen/common/from.c
rename to xen/common/to.c
`,
  );
  t.match(files, [
    { path: 'xen/common/new.c', kind: 'new' },
    { path: 'xen/common/old.c', kind: 'deleted' },
    { path: 'xen/common/to.c', oldPath: 'xen/common/from.c', kind: 'renamed' },
  ]);
});

t.test('unreadable text is refused with its line', async (t) => {
  const head = '--- a/xen/common/kernel.c\n+++ b/xen/common/kernel.c\n';
  const cases: [string, RegExp][] = [
    ['hello\n', /^p\.patch:1: no diff in it/],
    ['@@ -1 +1 @@\n-a\n+b\n', /^p\.patch:1: a hunk without the lines/],
    [
      `${head}@@ -1,3 +1,4 @@\n a\n+b\n`,
      /^p\.patch:5: malformed hunk: the @@ in line 3 promises 2 more lines of the old file and 2 of the new, but the patch ends here/,
    ],
    [`${head}@@ -1,2 +1,3 @@\n a\n+b that a mail\nprogram wrapped\n c\n`, /^p\.patch:6: malformed hunk: .*wrap/],
    [`${head}@@ -1,2 +1,2 @@\n a\n+b\n c\n`, /^p\.patch:6: malformed hunk: one line more of the new file than the 2/],
    [`${head}@@ -1,1 +1,2 @@\n a\n+b\n+c\n`, /^p\.patch:6: malformed hunk: .*fewer lines than follow/],
    [`${head}@@ one @@\n`, /^p\.patch:3: malformed hunk: it begins with/],
    [`${head}@@@ -1 -1 +1 @@@\n`, /^p\.patch:3: a combined diff/],
    ['*** a/x\n--- b/x\n***************\n*** 1,2 ****\n', /^p\.patch:4: a context diff/],
  ];
  for (const [text, message] of cases)
    t.throws(() => parseDiff('p.patch', text), { constructor: LoadError, message }, text);
});
