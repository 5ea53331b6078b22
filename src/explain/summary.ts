import type { Record } from './explainer.ts';

/** A failure for the summary at the end of a run. */
export interface FailureNote {
  /** The call with its result: "hypercall 43 greet(message=0x5) = -EFAULT". */
  readonly asked: string;
  readonly cause: string;
  readonly count: number;
  /** Whether it concerns a user's hypercall or an unassigned number, which Xen's own tools do not probe. */
  readonly isOwn: boolean;
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

export function noteOf(record: Record, isOwn: boolean, text: string): FailureNote {
  const { asked, cause } = record.explanation;
  return { asked, cause, count: record.count, isOwn, text };
}

/**
 * The summary at the end of a run whose hypercalls failed, or whose output was hidden: one line, or on a terminal the last five
 * explanations. "" if there is nothing to report.
 */
export function failureSummary(notes: readonly FailureNote[], terminal: boolean): string {
  if (notes.length === 0) return '';
  if (terminal) {
    const shown = notes.slice(-MOST_SHOWN).map(({ text }) => text);
    const more = notes.length > MOST_SHOWN ? `(${notes.length - MOST_SHOWN} earlier ones: fauxen run --explain)\n` : '';
    return `${shown.join('\n')}${more}`;
  }
  const failed = notes.filter(({ cause }) => !SUCCEEDED.has(cause));
  const odd = notes.filter(({ cause }) => SUCCEEDED.has(cause));
  const parts = [
    ...(failed.length > 0 ? [`${counted(total(failed), 'hypercall')} failed: ${named(failed)}`] : []),
    ...(odd.length > 0 ? [`${counted(total(odd), 'hypercall')} may have gone wrong: ${oddly(odd)}`] : []),
  ];
  return `fauxen: ${parts.join('; ')}. fauxen run --explain tells why.\n`;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
const total = (notes: readonly FailureNote[]) => notes.reduce((sum, { count }) => sum + count, 0);

/** "greet (43) = -EFAULT, 60 = -ENOSYS", the last ones. */
function named(notes: readonly FailureNote[]): string {
  const texts = new Set(notes.map(({ asked }) => shortened(asked)));
  const last = [...texts].slice(-MOST_NAMED);
  return `${last.join(', ')}${texts.size > last.length ? ` and ${texts.size - last.length} more` : ''}`;
}

function oddly(notes: readonly FailureNote[]): string {
  const texts = new Set(notes.map(({ asked, cause }) => `${shortened(asked)} (${cause})`));
  return [...texts].slice(-MOST_NAMED).join(', ');
}

function shortened(asked: string): string {
  const call = /^hypercall (-?\w+)(?: (\w+))?.* = (\S+)$/.exec(asked);
  if (call === null) return asked;
  const [, number = '', name, result = ''] = call;
  return `${name === undefined ? number : `${name} (${number})`} = ${result}`;
}
