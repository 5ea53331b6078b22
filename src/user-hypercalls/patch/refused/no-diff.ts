// Says why a text is not a patch that can be read: the ways in which patches get damaged or made in another format.

import { say } from '../../../language/say.ts';

interface Reason {
  /** Index of the line that shows it. */
  readonly index: number;
  readonly reason: string;
}

/** Why no unified diff was found in these lines. */
export function whyNoDiff(lines: readonly string[]): Reason {
  if (lines.every((line) => line.trim() === '')) return { index: 0, reason: say('the file is empty') };
  const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line));
  // diff without -u: 12a13,15; diff -e: 12a; diff -n: a12 3
  const bare = at(/^(?:\d+(?:,\d+)?[acd](?:\d+(?:,\d+)?)?|[ad]\d+ \d+)$/);
  if (bare >= 0)
    return { index: bare, reason: say('a diff without context (normal, ed or RCS): make it again with diff -u') };
  const moved = at(/^[>\s]+(?:diff --git |--- \S|@@ -\d)/);
  if (moved >= 0)
    return {
      index: moved,
      reason: say('the diff is indented or quoted: "---", "+++" and "@@" must be at the start of their lines'),
    };
  return {
    index: 0,
    reason: say('no diff in it: a patch has lines "--- a/FILE", "+++ b/FILE" and "@@ -1,3 +1,4 @@"'),
  };
}

/** What damages the whole patch, found before its hunks are read. */
export function damage(lines: readonly string[]): Reason | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's colour begins with ESC
  const coloured = lines.findIndex((line) => /^\u001b\[[\d;]*m/.test(line));
  if (coloured >= 0)
    return { index: coloured, reason: say("it contains a terminal's colours: make it again with git diff --no-color") };
  let encoding: string | undefined;
  for (const [index, line] of lines.entries()) {
    const header = /^Content-Transfer-Encoding:\s*(base64|quoted-printable)\s*$/i.exec(line)?.[1];
    if (header !== undefined) encoding = header;
    // Quoted-printable changes only some characters: a patch without these can be read.
    if (encoding === undefined || (header === undefined && !/=(?:[\dA-F]{2}|$)/.test(line))) continue;
    if (header !== undefined && /^q/i.test(header)) continue;
    return {
      index,
      reason: say('a mail in {encoding}: decode it with git mailinfo MESSAGE PATCH <MAIL', { encoding }),
    };
  }
  const web = lines.findIndex((line) => /^[-+ ].*(?:#\s*include\s*&lt;|-&gt;|&amp;&amp;)/.test(line));
  if (web >= 0)
    return { index: web, reason: say('copied from the source of a web page: &lt; &gt; &amp; stand for < > &') };
  return undefined;
}
