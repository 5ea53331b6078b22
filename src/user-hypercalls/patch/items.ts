// Splits a piece of C into top-level items: directives, definitions, and parts of definitions that extend beyond the piece. It only counts
// brackets; the compiler does the rest.

import { blank } from '../c/blank.ts';
import { type Line, type Piece, present } from './known-file.ts';

export interface Item {
  /** `directive`: a line with #; `definition`: anything from its first line to its last; `part`: a definition whose start or end is unknown. */
  readonly kind: 'directive' | 'definition' | 'part';
  readonly lines: readonly Line[];
  /** Its lines, without comments and without the contents of strings. */
  readonly code: readonly string[];
  /** For a definition or part: the text up to its first brace. For a part that begins before the piece: the hunk's heading. */
  readonly head: string;
}

interface Scan {
  depth: number;
  round: number;
  /** The bracket depths at the open #if directives. */
  conditions: { depth: number; round: number }[];
}

/** The items of a piece, in order. */
export function itemsOf(piece: Piece, atFileStart: boolean): Item[] {
  const lines = present(piece);
  const code = blankLines(lines.map(({ text }) => text));
  const { depth: startDepth, round: startRound } = startOf(code, atFileStart);
  const items: Item[] = [];
  const scan: Scan = { depth: startDepth, round: startRound, conditions: [] };
  let open: number[] = [];
  let part = startDepth > 0 || startRound > 0;
  let isFunction = false;
  let text = '';
  let head: string | undefined = part ? piece.heading : undefined;

  const close = (kind: Item['kind'] = part ? 'part' : 'definition'): void => {
    if (open.some((index) => (code[index] ?? '').trim() !== '')) {
      items.push({
        kind,
        lines: open.map((index) => lines[index] as Line), // indexes of lines
        code: open.map((index) => code[index] ?? ''),
        head: head ?? text,
      });
    }
    open = [];
    part = false;
    isFunction = false;
    text = '';
    head = undefined;
  };

  for (let index = 0; index < lines.length; index += 1) {
    const line = code[index] ?? '';
    if (/^\s*#/.test(line)) {
      const first = index;
      while (/\\\s*$/.test(code[index] ?? '') && index + 1 < lines.length) index += 1;
      const range = Array.from({ length: index - first + 1 }, (_, offset) => first + offset);
      follow(scan, line);
      if (scan.depth > 0 || scan.round > 0 || open.some((each) => (code[each] ?? '').trim() !== '')) {
        open.push(...range); // within a definition
      } else {
        close();
        items.push({
          kind: 'directive',
          lines: range.map((each) => lines[each] as Line),
          code: range.map((each) => code[each] ?? ''),
          head: lines[first]?.text ?? '',
        });
      }
      continue;
    }
    if (open.length === 0 && line.trim() === '') continue;
    open.push(index);
    for (let column = 0; column < line.length; column += 1) {
      const character = line[column] ?? '';
      const before = scan.depth;
      count(scan, character);
      if (scan.depth === 1 && before === 0) {
        head ??= text;
        isFunction = isFunctionHead(text);
      }
      if (scan.depth === 0 && before === 0) text += character;
      const atTop = scan.depth === 0 && scan.round === 0;
      const ends =
        atTop &&
        ((character === '}' && (isFunction || (part && !/^\s*[;,=\w]/.test(line.slice(column + 1))))) ||
          (character === ';' && !isOldStyle(text, code, index)));
      if (ends) close();
      // If another item follows on the same line, it gets the whole line. That is rare, and the compiler copes.
      if (ends && line.slice(column + 1).trim() === '') break;
    }
    text += '\n';
  }
  close(scan.depth > 0 || scan.round > 0 || open.length > 0 ? 'part' : 'definition');
  return items;
}

/** The lines without comments and without the contents of strings. A comment that began before them is recognised. */
function blankLines(lines: readonly string[]): string[] {
  const joined = lines.join('\n');
  const closing = joined.indexOf('*/');
  const opening = joined.indexOf('/*');
  const inComment =
    (closing >= 0 && (opening < 0 || closing < opening)) || (closing < 0 && /^\s*\* /.test(lines[0] ?? ''));
  const text = inComment ? blank(`/*${joined}${closing < 0 && opening < 0 ? '*/' : ''}`).slice(2) : blank(joined);
  return text.split('\n').slice(0, lines.length);
}

/**
 * The bracket depth of the first line. A brace in the first column ends a definition, an indented one does not, and indented code is
 * inside a definition.
 */
function startOf(code: readonly string[], atFileStart: boolean): { depth: number; round: number } {
  if (atFileStart) return { depth: 0, round: 0 };
  const scan: Scan = { depth: 0, round: 0, conditions: [] };
  let least = 0;
  let leastRound = 0;
  let directive = false;
  for (const line of code) {
    const begins = /^\s*#/.test(line);
    if (begins) follow(scan, line);
    const within: boolean = begins || directive;
    directive = within && /\\\s*$/.test(line); // it goes on
    if (within) continue;
    for (const character of line) {
      count(scan, character);
      least = Math.max(least, -scan.depth);
      leastRound = Math.max(leastRound, -scan.round);
    }
    if (/^\s+\}/.test(line)) least = Math.max(least, 1 - scan.depth);
    if (/^\}/.test(line)) return { depth: Math.max(least, -scan.depth), round: leastRound };
  }
  // Code that begins within parentheses is judged by what follows them: the arguments of a prototype are indented too.
  const from = leastRound > 0 ? afterClosing(code, leastRound) : 0;
  const first = code.slice(from).find((line) => line.trim() !== '' && !/^\s*#/.test(line)) ?? '';
  return { depth: Math.max(least, /^\s/.test(first) ? 1 : 0), round: leastRound };
}

/** The index of the line after the one that closes the parentheses open at the start. */
function afterClosing(code: readonly string[], open: number): number {
  const scan: Scan = { depth: 0, round: open, conditions: [] };
  for (const [index, line] of code.entries()) {
    for (const character of line) count(scan, character);
    if (scan.round <= 0) return index + 1;
  }
  return code.length;
}

function count(scan: Scan, character: string): void {
  if (character === '{') scan.depth += 1;
  else if (character === '}') scan.depth -= 1;
  else if (character === '(') scan.round += 1;
  else if (character === ')') scan.round -= 1;
}

/** Each branch of an #if begins at the depth of the #if. */
function follow(scan: Scan, line: string): void {
  const directive = /^\s*#\s*(\w+)/.exec(line)?.[1] ?? '';
  if (/^if(n?def)?$/.test(directive)) scan.conditions.push({ depth: scan.depth, round: scan.round });
  else if (directive === 'else' || directive === 'elif') {
    const at = scan.conditions.at(-1);
    if (at !== undefined) {
      scan.depth = at.depth;
      scan.round = at.round;
    }
  } else if (directive === 'endif') scan.conditions.pop();
}

/** A function's head such as `long do_plus(int a)`: it has parentheses, and no = before the brace. */
function isFunctionHead(head: string): boolean {
  return /\)[\s\w]*$/.test(head.replace(/;/g, ' ').trimEnd()) || isOldHead(head)
    ? !/=\s*$/.test(head.trimEnd())
    : false;
}

/** The head of a K&R-style definition, with the declarations of its parameters, up to the brace. */
function isOldHead(head: string): boolean {
  return /\w\s*\(\s*\w+(\s*,\s*\w+)*\s*\)\s*(\w[\w\s*,]*;\s*)+$/.test(head);
}

/** Whether the semicolon ends a parameter's declaration: then another one follows, or the brace. */
function isOldStyle(text: string, code: readonly string[], index: number): boolean {
  if (!isOldHead(text)) return false;
  const rest = code.slice(index + 1).join('\n');
  return /^\s*(\w[\w\s*,]*;\s*)*\{/.test(rest);
}
