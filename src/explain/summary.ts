import { say } from '../language/say.ts';
import type { FailureRecord } from './explainer.ts';

/** A failure for the summary at the end of a run. */
export interface FailureNote {
  /** The call with its result: "hypercall 43 greet(message=0x5) = -EFAULT". */
  readonly asked: string;
  readonly cause: string;
  readonly count: number;
  /** Whether it concerns a user's hypercall or an unassigned number, which Xen's own tools do not probe. */
  readonly isOwn: boolean;
  /** A user's handler refused this call on purpose and answered others: it works, and its errno is for the program. */
  readonly isExpected: boolean;
  readonly why: string;
  readonly change: string;
  /** The whole explanation, for a terminal. */
  readonly text: string;
}

/** Most failures that a summary names. */
const MOST_NAMED = 3;
/** Most explanations to show on a terminal. */
const MOST_SHOWN = 5;
/** Causes of calls that succeeded. */
const SUCCEEDED: ReadonlySet<string> = new Set([
  'hidden-output',
  'odd-output',
  'positive-errno',
  'nothing-returned',
  'pointer-not-copied',
]);

export function noteOf(record: FailureRecord, isOwn: boolean, text: string): FailureNote {
  const { asked, cause, why, change, answersOthers } = record.explanation;
  return { asked, cause, count: record.count, isOwn, isExpected: answersOthers?.() === true, why, change, text };
}

/**
 * The summary at the end of a run whose hypercalls failed, or whose output was hidden: one line, or on a terminal the last five
 * explanations. "" if there is nothing to report. The line, which may end up in a file beside the program's output, does not count what a
 * working handler refuses.
 */
export function failureSummary(notes: readonly FailureNote[], terminal: boolean): string {
  if (notes.length === 0) return '';
  if (terminal) {
    const shown = notes.slice(-MOST_SHOWN).map(({ text }) => text);
    const more =
      notes.length > MOST_SHOWN
        ? `${say('({count} earlier ones: fauxen run --explain)', { count: notes.length - MOST_SHOWN })}\n`
        : '';
    return `${shown.join('\n')}${more}`;
  }
  const failed = notes.filter(({ cause, isExpected }) => !SUCCEEDED.has(cause) && !isExpected);
  const odd = notes.filter(({ cause }) => SUCCEEDED.has(cause));
  const parts = [
    ...(failed.length > 0 ? [say('{count} failed: {calls}', { count: counted(failed), calls: named(failed) })] : []),
    ...(odd.length > 0
      ? [say('{count} may have gone wrong: {calls}', { count: counted(odd), calls: remarked(odd) })]
      : []),
  ];
  if (parts.length === 0) return '';
  return `${say('fauxen: {failures}. To see why: fauxen run --explain.', { failures: parts.join('; ') })}\n`;
}

function counted(notes: readonly FailureNote[]): string {
  const count = notes.reduce((sum, note) => sum + note.count, 0);
  return count === 1 ? say('1 hypercall') : say('{count} hypercalls', { count });
}

/** "greet (43) = -EFAULT, 60 = -ENOSYS", the last ones. */
function named(notes: readonly FailureNote[]): string {
  const texts = new Set(notes.map(({ asked }) => shortened(asked)));
  const last = [...texts].slice(-MOST_NAMED);
  return `${last.join(', ')}${texts.size > last.length ? say(' and {count} more', { count: texts.size - last.length }) : ''}`;
}

function remarked(notes: readonly FailureNote[]): string {
  const texts = new Set(notes.map(({ asked, cause }) => `${shortened(asked)} (${cause})`));
  return [...texts].slice(-MOST_NAMED).join(', ');
}

function shortened(asked: string): string {
  const call = /^hypercall (-?\w+)(?: (\w+))?.* = (\S+)$/.exec(asked);
  if (call === null) return asked;
  const [, number = '', name, result = ''] = call;
  return `${name === undefined ? number : `${name} (${number})`} = ${result}`;
}
