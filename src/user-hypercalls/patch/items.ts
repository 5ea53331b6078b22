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
  return new Splitter(piece, atFileStart).split();
}

class Splitter {
  readonly #lines: readonly Line[];
  readonly #code: readonly string[];
  readonly #scan: Scan;
  readonly #items: Item[] = [];
  /** Indexes of the lines of the item that is being read. */
  #open: number[] = [];
  /** Whether that item begins before the piece. */
  #isPart: boolean;
  #isFunction = false;
  /** That item's text outside all braces. */
  #text = '';
  #head: string | undefined;

  constructor(piece: Piece, atFileStart: boolean) {
    this.#lines = present(piece);
    this.#code = blankLines(this.#lines.map(({ text }) => text));
    this.#scan = { ...startOf(this.#code, atFileStart), conditions: [] };
    this.#isPart = this.#isWithin;
    if (this.#isPart) this.#head = piece.heading;
  }

  split(): Item[] {
    for (let index = 0; index < this.#lines.length; index += 1) {
      const line = this.#code[index] ?? '';
      if (/^\s*#/.test(line)) index = this.#readDirective(index);
      else if (this.#open.length > 0 || line.trim() !== '') this.#readLine(index, line);
    }
    this.#close(this.#isWithin || this.#open.length > 0 ? 'part' : 'definition');
    return this.#items;
  }

  /** Whether a bracket is open. */
  get #isWithin(): boolean {
    return this.#scan.depth > 0 || this.#scan.round > 0;
  }

  get #hasCode(): boolean {
    return this.#open.some((index) => (this.#code[index] ?? '').trim() !== '');
  }

  /** Reads a directive with its continuation lines; returns the index of the last. */
  #readDirective(first: number): number {
    let last = first;
    while (/\\\s*$/.test(this.#code[last] ?? '') && last + 1 < this.#lines.length) last += 1;
    const range = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
    follow(this.#scan, this.#code[first] ?? '');
    if (this.#isWithin || this.#hasCode) {
      this.#open.push(...range); // within a definition
    } else {
      this.#close();
      this.#add('directive', range, this.#lines[first]?.text ?? '');
    }
    return last;
  }

  #readLine(index: number, line: string): void {
    this.#open.push(index);
    for (let column = 0; column < line.length; column += 1) {
      if (!this.#readCharacter(line, column, index)) continue;
      this.#close();
      // If another item follows on the same line, it gets the whole line. That is rare, and the compiler copes.
      if (line.slice(column + 1).trim() === '') break;
    }
    this.#text += '\n';
  }

  /** Returns whether the item ends with this character. */
  #readCharacter(line: string, column: number, index: number): boolean {
    const character = line[column] ?? '';
    const before = this.#scan.depth;
    count(this.#scan, character);
    if (this.#scan.depth === 1 && before === 0) {
      this.#head ??= this.#text;
      this.#isFunction = isFunctionHead(this.#text);
    }
    if (this.#scan.depth === 0 && before === 0) this.#text += character;
    if (this.#scan.depth !== 0 || this.#scan.round !== 0) return false;
    if (character === ';') return !isOldStyle(this.#text, this.#code, index);
    return character === '}' && (this.#isFunction || (this.#isPart && !/^\s*[;,=\w]/.test(line.slice(column + 1))));
  }

  #close(kind: Item['kind'] = this.#isPart ? 'part' : 'definition'): void {
    if (this.#hasCode) this.#add(kind, this.#open, this.#head ?? this.#text);
    this.#open = [];
    this.#isPart = false;
    this.#isFunction = false;
    this.#text = '';
    this.#head = undefined;
  }

  #add(kind: Item['kind'], indexes: readonly number[], head: string): void {
    this.#items.push({
      kind,
      lines: indexes.map((index) => this.#lines[index] as Line), // indexes of lines
      code: indexes.map((index) => this.#code[index] ?? ''),
      head,
    });
  }
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
