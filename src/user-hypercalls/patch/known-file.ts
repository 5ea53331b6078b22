// The known parts of one of Xen's files, to which hunks are applied in order: pieces with gaps between them, or the whole file.

import { say } from '../../language/say.ts';
import { LoadError } from '../load-error.ts';
import type { FileDiff, Hunk, Place } from './diff.ts';

export interface Line {
  readonly text: string;
  readonly at: Place;
  /** `own`: Xen's; `added`: added by the patch; `gone`: Xen's, removed by the patch. */
  readonly state: 'own' | 'added' | 'gone';
}

/** Consecutive lines, not counting removed ones. */
export interface Piece {
  /** Line number of its first line in the file, from 1, if the patch's numbers are right. */
  start: number;
  /** The first line of the function around its start, if the patch names it. */
  heading: string;
  lines: Line[];
}

/** Lines by which two patches of one base may differ about a place. */
const NEARBY = 100;

/** One file, changed by one diff after another. */
export class KnownFile {
  readonly path: string;
  /** Whether all its lines are known: a new file, or one of a source tree. */
  readonly whole: boolean;
  /** Ordered by their position in the file. */
  pieces: Piece[];

  constructor(path: string, whole: boolean, pieces: Piece[] = []) {
    this.path = path;
    this.whole = whole;
    this.pieces = pieces;
  }

  /** A copy under another path: renamed, or copied by a diff. */
  as(path: string): KnownFile {
    return new KnownFile(
      path,
      this.whole,
      this.pieces.map((piece) => ({ ...piece, lines: [...piece.lines] })),
    );
  }

  /** Whether the patch added all its lines. */
  get isNew(): boolean {
    return this.whole && this.pieces.every(({ lines }) => lines.every(({ state }) => state === 'added'));
  }

  /** Its known lines. */
  get text(): string {
    return this.pieces
      .map((piece) =>
        present(piece)
          .map(({ text }) => text)
          .join('\n'),
      )
      .join('\n');
  }

  get changed(): boolean {
    return this.pieces.some(({ lines }) => lines.some(({ state }) => state !== 'own'));
  }

  /** Throws LoadError if a hunk contradicts known lines. */
  apply({ hunks }: FileDiff): void {
    let shift = 0;
    for (const hunk of hunks) {
      const old = hunk.lines.filter(({ kind }) => kind !== 'added').map(({ text }) => text);
      const expected = (hunk.oldStart === 0 || old.length === 0 ? hunk.oldStart + 1 : hunk.oldStart) + shift;
      const start = this.#place(hunk, old, expected);
      this.#replace(start, old.length, hunk);
      shift = start - expected + shift + hunk.lines.filter(({ kind }) => kind === 'added').length;
      shift -= hunk.lines.filter(({ kind }) => kind === 'removed').length;
    }
  }

  /** Line number at which the hunk's old side begins. */
  #place(hunk: Hunk, old: readonly string[], expected: number): number {
    const here = this.#agrees(old, expected);
    if (here !== undefined && (here > 0 || this.whole || old.length === 0)) return expected;
    const inside: number[] = [];
    for (const piece of this.pieces) {
      const length = present(piece).length;
      for (let at = piece.start; at + old.length <= piece.start + length; at += 1) {
        if (this.#agrees(old, at) === old.length && (this.whole || this.#hasAdded(at, old.length))) inside.push(at);
      }
    }
    inside.sort((a, b) => Math.abs(a - expected) - Math.abs(b - expected));
    if (inside[0] !== undefined) return inside[0];
    if (here !== undefined) return expected;
    if (this.whole) {
      const at = hunk.lines.find(({ kind }) => kind !== 'added')?.at ?? hunk.at;
      throw new LoadError(
        at.file,
        say('{file}:{line}: this hunk does not apply: {path} has no such lines{difference}', {
          file: hunk.at.file,
          line: hunk.at.line,
          path: this.path,
          difference: this.#firstDifference(hunk, expected),
        }),
      );
    }
    this.#refuseConflict(hunk, old, expected);
    // In an unknown part of the file: after the piece that its line number would hit, if the lines there differ.
    return this.#free(expected, old.length);
  }

  /** Throws LoadError if an earlier part of the patches has changed the lines that the hunk expects, as two patches of one base do. */
  #refuseConflict(hunk: Hunk, old: readonly string[], expected: number): void {
    if (old.filter((line) => /\w/.test(line)).length < 2) return;
    for (const piece of this.pieces) {
      if (Math.abs(piece.start - expected) > NEARBY + piece.lines.length) continue;
      const base = piece.lines.flatMap((line, index) => (line.state === 'added' ? [] : [{ text: line.text, index }]));
      for (let from = 0; from + old.length <= base.length; from += 1) {
        if (!old.every((text, index) => base[from + index]?.text.trimEnd() === text.trimEnd())) continue;
        const within = piece.lines.slice(base[from]?.index, (base[from + old.length - 1]?.index ?? 0) + 1);
        const changed = within.find(({ state }) => state !== 'own');
        if (changed === undefined) continue;
        throw new LoadError(
          hunk.at.file,
          say('{file}:{line}: this hunk does not apply: {other} has changed these lines of {path}', {
            file: hunk.at.file,
            line: hunk.at.line,
            other: `${changed.at.file}:${changed.at.line}`,
            path: this.path,
          }),
        );
      }
    }
  }

  #firstDifference(hunk: Hunk, expected: number): string {
    let number = expected;
    for (const { kind, text, at } of hunk.lines) {
      if (kind === 'added') continue;
      const known = this.#lineAt(number);
      if (known?.text !== text) {
        const there =
          known === undefined
            ? say('the file ends before')
            : say('the file has "{text}" there', { text: known.text.trim() });
        return say('; line {line} of the patch expects "{text}", {there}', { line: at.line, text: text.trim(), there });
      }
      number += 1;
    }
    return '';
  }

  /** How many of the lines are known and equal; undefined if one differs, or if a complete file lacks one. */
  #agrees(old: readonly string[], start: number): number | undefined {
    let same = 0;
    for (const [index, text] of old.entries()) {
      const known = this.#lineAt(start + index);
      if (known === undefined) {
        if (this.whole) return undefined;
      } else if (known.text.trimEnd() === text.trimEnd()) same += 1;
      else return undefined;
    }
    return same;
  }

  /** Whether the patch added one of the lines. Lines of Xen's alone may occur in two places. */
  #hasAdded(start: number, length: number): boolean {
    return Array.from({ length }, (_, index) => this.#lineAt(start + index)).some((line) => line?.state === 'added');
  }

  #lineAt(number: number): Line | undefined {
    for (const piece of this.pieces) {
      if (number < piece.start) return undefined;
      const lines = present(piece);
      if (number < piece.start + lines.length) return lines[number - piece.start];
    }
    return undefined;
  }

  /** The first position from `start` on where `length` lines do not overlap a known piece. */
  #free(start: number, length: number): number {
    let at = start;
    for (const piece of this.pieces) {
      const end = piece.start + present(piece).length;
      if (at + length >= piece.start && at <= end) at = end + 1;
    }
    return at;
  }

  /** Puts the hunk's new side in the place of `length` lines from `start`, and joins the pieces that it touches. */
  #replace(start: number, length: number, hunk: Hunk): void {
    const end = start + length;
    const touched = this.pieces.filter((piece) => piece.start <= end && piece.start + present(piece).length >= start);
    const first = touched[0];
    const last = touched.at(-1);
    const before = first === undefined || first.start > start ? [] : splitAt(first, start)[0];
    const after = last === undefined || last.start + present(last).length < end ? [] : splitAt(last, end)[1];
    const within = new Map<number, Line>();
    for (let number = start; number < end; number += 1) {
      const known = this.#lineAt(number);
      if (known !== undefined) within.set(number, known);
    }
    const lines: Line[] = [...before];
    let number = start;
    for (const { kind, text, at } of hunk.lines) {
      if (kind === 'added') {
        lines.push({ text, at, state: 'added' });
        continue;
      }
      const known = within.get(number);
      number += 1;
      if (kind === 'context') lines.push(known ?? { text, at, state: 'own' });
      else if (known?.state !== 'added') lines.push({ text, at, state: 'gone' });
    }
    lines.push(...after);
    const piece: Piece = {
      start: Math.min(first?.start ?? start, start),
      heading: first !== undefined && first.start <= start ? first.heading : hunk.heading,
      lines,
    };
    const grown =
      hunk.lines.filter(({ kind }) => kind === 'added').length -
      hunk.lines.filter(({ kind }) => kind === 'removed').length;
    const rest = this.pieces.filter((each) => !touched.includes(each));
    for (const each of rest) if (each.start > start) each.start += grown;
    this.pieces = [...rest, piece].sort((a, b) => a.start - b.start);
  }
}

/** A fully known file, with its exact lines. */
export function wholeFile(path: string, text: string, file = path): KnownFile {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const known = lines.map(
    (line, index): Line => ({
      text: line.replace(/\r$/, ''),
      at: { file, line: index + 1 },
      state: 'own',
    }),
  );
  return new KnownFile(path, true, [{ start: 1, heading: '', lines: known }]);
}

/** The lines that the file has. */
export function present({ lines }: Piece): Line[] {
  return lines.filter(({ state }) => state !== 'gone');
}

/** The lines before and from a number of the file; those that are gone in between go with the former. */
function splitAt({ start, lines }: Piece, number: number): [Line[], Line[]] {
  let left = number - start;
  let index = 0;
  while (index < lines.length && (left > 0 || lines[index]?.state === 'gone')) {
    if (lines[index]?.state !== 'gone') left -= 1;
    index += 1;
  }
  return [lines.slice(0, index), lines.slice(index)];
}
