import { classOf, type Difference } from './compare.ts';

/** A difference that stays, with its reason. */
export interface Known {
  /** Matches `classOf()` and a difference's words, separated by a space. */
  readonly pattern: RegExp;
  readonly reason: string;
}

export const known: readonly Known[] = [];

/** Why a difference is as it is; undefined where nobody has decided that: it is to be fixed. */
export function reasonOf(difference: Difference): string | undefined {
  const text = `${classOf(difference)} ${difference.words}`;
  return known.find(({ pattern }) => pattern.test(text))?.reason;
}
