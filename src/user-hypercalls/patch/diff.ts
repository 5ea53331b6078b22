// Reads unified diffs as git, diff -u and quilt write them, also inside mails. Line numbers count in the patch file.

import { say } from '../../language/say.ts';
import { LoadError } from '../load-error.ts';
import { damage, whyNoDiff } from './refused/no-diff.ts';
import { xenPath } from './xen-path.ts';

/** Where a line stands: in a patch, or in a file of a source tree. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface HunkLine {
  readonly kind: 'context' | 'added' | 'removed';
  readonly text: string;
  readonly at: Place;
}

export interface Hunk {
  /** First line of the old side, from 1; 0 if the old side is empty. */
  readonly oldStart: number;
  /** The text after the second @@: the first line of the surrounding function or table. */
  readonly heading: string;
  readonly at: Place;
  readonly lines: readonly HunkLine[];
}

/** What a diff does to one file. */
export interface FileDiff {
  /** Path from the top of Xen's tree, after the change. */
  readonly path: string;
  /** Path before the change; it differs if the file was renamed or copied. */
  readonly oldPath: string;
  readonly kind: 'changed' | 'new' | 'deleted' | 'renamed' | 'copied';
  readonly at: Place;
  readonly hunks: readonly Hunk[];
}

interface Draft {
  path: string | undefined;
  oldPath: string | undefined;
  kind: FileDiff['kind'];
  at: Place;
  hunks: Hunk[];
}

/** The changes of a patch, in its order; in a series, a file appears once per commit. Throws LoadError with the line that cannot be read. */
export function parseDiff(file: string, text: string): FileDiff[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (lines.at(-1) === '') lines.pop();
  const files: FileDiff[] = [];
  let draft: Draft | undefined;
  const fail = (index: number, reason: string): never => {
    throw new LoadError(file, `${file}:${index + 1}: ${reason}`);
  };
  const finish = (): void => {
    if (draft?.path !== undefined || draft?.oldPath !== undefined) {
      const path = draft.path ?? draft.oldPath ?? '';
      const { kind, at, hunks } = draft;
      if (hunks.length > 0 || kind !== 'changed') files.push({ path, oldPath: draft.oldPath ?? path, kind, at, hunks });
    }
    draft = undefined;
  };
  const begin = (index: number): Draft => {
    finish();
    draft = { path: undefined, oldPath: undefined, kind: 'changed', at: { file, line: index + 1 }, hunks: [] };
    return draft;
  };

  const damaged = damage(lines);
  if (damaged !== undefined) fail(damaged.index, damaged.reason);
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const git = /^diff --git (.+)$/.exec(line);
    if (git !== null) {
      const made = begin(index);
      [made.oldPath, made.path] = gitPaths(git[1] ?? '');
    } else if (line.startsWith('--- ') && lines[index + 1]?.startsWith('+++ ') === true) {
      const named = draft !== undefined && draft.hunks.length === 0 ? draft : begin(index);
      nameBy(named, headerPath(line.slice(4)), headerPath(lines[index + 1]?.slice(4) ?? ''));
      index += 1;
      if (/^(---|\+\+\+) /.test(lines[index + 1] ?? ''))
        fail(index + 1, say('a second file header where a hunk (@@ … @@) should be'));
    } else if (line.startsWith('@@@')) {
      fail(index, say('a combined diff of a merge: make an ordinary one, git diff BASE..HEAD'));
    } else if (line.startsWith('@@')) {
      if (draft === undefined || (draft.path === undefined && draft.oldPath === undefined))
        fail(index, say('a hunk without the lines "--- a/FILE" and "+++ b/FILE" before it'));
      const hunk = readHunk(file, lines, index);
      draft?.hunks.push(hunk.hunk);
      index = hunk.next - 1;
    } else if (/^\*\*\* \d+(,\d+)? \*\*\*\*/.test(line)) {
      fail(index, say('a context diff: make it again with diff -u'));
    } else if (draft !== undefined && draft.hunks.length === 0) {
      readExtendedHeader(draft, line);
    }
  }
  finish();
  if (files.length === 0) {
    const { index, reason } = whyNoDiff(lines);
    fail(index, reason);
  }
  return files;
}

/** Reads one of the lines that git adds between "diff --git" and "---". Other lines have no effect. */
function readExtendedHeader(draft: Draft, line: string): void {
  if (/^new file mode/.test(line)) draft.kind = 'new';
  else if (/^deleted file mode/.test(line)) draft.kind = 'deleted';
  const [, verb, side, path = ''] = /^(rename|copy) (from|to) (.+)$/.exec(line) ?? [];
  if (verb === undefined) return;
  draft.kind = verb === 'rename' ? 'renamed' : 'copied';
  draft[side === 'from' ? 'oldPath' : 'path'] = xenPath(unquote(path));
}

function nameBy(draft: Draft, oldPath: string | undefined, path: string | undefined): void {
  if (oldPath === undefined) draft.kind = 'new';
  else draft.oldPath = oldPath;
  if (path === undefined) draft.kind = 'deleted';
  else draft.path = path;
  if (oldPath === undefined) draft.oldPath = path;
  if (path === undefined) draft.path = oldPath;
  // On the old side, diff -u names a backup: entry.S.orig.
  else if (draft.kind === 'changed') draft.oldPath = path;
}

/** Path of a --- or +++ line; undefined for /dev/null. It ends at a tab, after which a time may follow. */
function headerPath(text: string): string | undefined {
  const path = text.startsWith('"')
    ? unquote(text)
    : (text.split('\t')[0] ?? '').replace(/ \d{4}-\d\d-\d\d .*$/, '').trim();
  return path === '/dev/null' ? undefined : xenPath(path);
}

/** Both paths of "a/x b/x". If they contain blanks, they can be separated only if they are equal. */
function gitPaths(text: string): [string | undefined, string | undefined] {
  const quoted = /^("(?:[^"\\]|\\.)*"|\S+) ("(?:[^"\\]|\\.)*"|\S+)$/.exec(text);
  if (quoted === null) return [undefined, undefined];
  return [xenPath(unquote(quoted[1] ?? '')), xenPath(unquote(quoted[2] ?? ''))];
}

function unquote(text: string): string {
  if (!text.startsWith('"')) return text;
  return text.slice(1, text.lastIndexOf('"')).replace(/\\(.)/g, '$1');
}

/** Reads one hunk, whose @@ line has the given index; `next` is the index after it. */
function readHunk(file: string, lines: readonly string[], index: number): { hunk: Hunk; next: number } {
  const fail = (at: number, reason: string): never => {
    throw new LoadError(file, `${file}:${at + 1}: ${reason}`);
  };
  const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/.exec(lines[index] ?? '');
  if (head === null) return fail(index, say('malformed hunk: it begins with @@ -LINE,COUNT +LINE,COUNT @@'));
  const [oldCount, newCount] = [Number(head[2] ?? 1), Number(head[4] ?? 1)];
  let left = oldCount;
  let right = newCount;
  const body: HunkLine[] = [];
  let at = index + 1;
  for (; left > 0 || right > 0; at += 1) {
    const line = lines[at];
    const kind = line === undefined ? undefined : kindOf(line);
    if (kind === 'none') continue;
    if (kind === undefined) {
      const where = say('malformed hunk: the @@ in line {line} promises {lines}', {
        line: index + 1,
        lines: missing(left, right),
      });
      if (line === undefined) return fail(lines.length - 1, say('{where}, but the patch ends here', { where }));
      if (line.startsWith('\u00a0'))
        return fail(
          at,
          say('{where}, but this line begins with a no-break space, as text of a web page does', { where }),
        );
      return fail(
        at,
        say("{where}, but this line begins with neither ' ', '+' nor '-' (did a mail program wrap it?)", { where }),
      );
    }
    if ((kind !== 'added' && left === 0) || (kind !== 'removed' && right === 0)) {
      const isNew = kind === 'added' || (kind === 'context' && left > 0);
      return fail(
        at,
        say('malformed hunk: one line more of the {which} file than the {count} that the @@ in line {line} promises', {
          which: isNew ? say('new') : say('old'),
          count: isNew ? newCount : oldCount,
          line: index + 1,
        }),
      );
    }
    if (kind !== 'added') left -= 1;
    if (kind !== 'removed') right -= 1;
    body.push({
      kind,
      text: (line?.startsWith('\t') === true ? line : line?.slice(1)) ?? '',
      at: { file, line: at + 1 },
    });
  }
  while (lines[at]?.startsWith('\\') === true) at += 1;
  const after = lines[at] ?? '';
  if (/^\+(?!\+\+ )/.test(after) || /^-(?!--( |$)|- ?$|-$)/.test(after)) {
    fail(at, say('malformed hunk: the @@ in line {line} promises fewer lines than follow', { line: index + 1 }));
  }
  const hunk = { oldStart: Number(head[1]), heading: head[5] ?? '', at: { file, line: index + 1 }, lines: body };
  return { hunk, next: at };
}

function missing(left: number, right: number): string {
  return left === 1
    ? say('1 more line of the old file and {right} of the new', { right })
    : say('{left} more lines of the old file and {right} of the new', { left, right });
}

/** What a line of a hunk is; 'none' for "\ No newline at end of file". An empty line is context: some program removed its trailing blank. */
function kindOf(line: string): HunkLine['kind'] | 'none' | undefined {
  switch (line[0]) {
    case '+':
      return 'added';
    case '-':
      return 'removed';
    case ' ':
    case undefined:
      return 'context';
    case '\t': // a mail program's work; git and patch take it, too
      return 'context';
    case '\\':
      return 'none';
    default:
      return undefined;
  }
}
