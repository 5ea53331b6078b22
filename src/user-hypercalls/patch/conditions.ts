// The #if directives around a case, which are part of it only as a whole.

import type { Item } from './items.ts';

/** The first of the #if lines directly before a label: they belong to its case. */
export function conditionsBefore({ code, lines }: Item, label: number): number {
  let start = label;
  while (start > 0 && /^\s*#\s*if/.test(code[start - 1] ?? '') && lines[start - 1]?.state === 'added') start -= 1;
  return start;
}

/** Lines with an #if, #else or #endif of which the other end is not among the lines. */
export function unmatchedConditions(code: readonly string[]): Set<number> {
  const unmatched = new Set<number>();
  const open: number[][] = [];
  for (const [index, line] of code.entries()) {
    const word = /^\s*#\s*(if|else|elif|endif)/.exec(line)?.[1];
    if (word === 'if') open.push([index]);
    else if (word === 'endif') {
      if (open.pop() === undefined) unmatched.add(index);
    } else if (word !== undefined) {
      if (open.length > 0) open.at(-1)?.push(index);
      else unmatched.add(index);
    }
  }
  for (const index of open.flat()) unmatched.add(index);
  return unmatched;
}
