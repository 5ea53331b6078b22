import { type Answer, comparableRing, fieldsOf, groupOf, UNSTABLE } from './answers.ts';

/** How an answer differs from the real one, worst first. */
export type DifferenceKind = 'missing' | 'result' | 'memory' | 'ring';

export interface Difference {
  readonly kind: DifferenceKind;
  readonly real: Answer;
  readonly got: Answer | undefined;
  /** The same in a sentence. */
  readonly words: string;
}

export interface Score {
  lines: number;
  /** Return value and errno equal the real ones. */
  results: number;
  /** Fields, buffers and console ring are equal too. */
  whole: number;
}

export interface Comparison {
  readonly byGroup: ReadonlyMap<string, Score>;
  readonly total: Score;
  readonly differences: readonly Difference[];
}

const outcome = ({ result, errno }: Answer): string => (errno === '0' ? result : `-${errno}`);
const quoted = (value: string | undefined): string =>
  value === undefined ? 'unchanged' : value.length > 70 ? `${value.slice(0, 70)}…` : value;

/** A buffer's name without the range that the call changed. */
const buffer = (name: string): string => name.replace(/\[\d+\.\.\d+\]$/, '[]');

/** Buffers that hold what two boots disagree about. Where their changed bytes begin depends on the values, such as a time's seconds. */
const unstableBuffers = (fields: ReadonlyMap<string, string>): Set<string> =>
  new Set(
    [...fields].filter(([name, value]) => value === UNSTABLE && name !== buffer(name)).map(([name]) => buffer(name)),
  );

/** Why an answer differs from the real one; undefined if it does not. */
export function difference(real: Answer, got: Answer | undefined): Difference | undefined {
  const told = (kind: DifferenceKind, words: string): Difference => ({ kind, real, got, words });
  if (got === undefined) return told('missing', `Xen answers ${outcome(real)}; there is no answer`);
  if (real.result !== UNSTABLE && outcome(real) !== outcome(got)) {
    return told('result', `Xen answers ${outcome(real)}, Fauxen ${outcome(got)}`);
  }
  const expected = fieldsOf(real.changed);
  const found = fieldsOf(got.changed);
  const wrong: string[] = [];
  const unstable = unstableBuffers(expected);
  for (const name of new Set([...expected.keys(), ...found.keys()])) {
    const [theirs, ours] = [expected.get(name), found.get(name)];
    if (theirs !== ours && theirs !== UNSTABLE && !unstable.has(buffer(name)))
      wrong.push(`${name} is ${quoted(theirs)} in Xen, ${quoted(ours)} in Fauxen`);
  }
  if (wrong.length > 0) return told('memory', wrong.slice(0, 6).join('; '));
  if (real.ring === UNSTABLE || comparableRing(real.ring) === comparableRing(got.ring)) return undefined;
  const prints = (ring: string) => (ring === '' ? 'nothing' : `"${quoted(ring)}"`);
  return told('ring', `Xen prints ${prints(real.ring)}, Fauxen ${prints(got.ring)}`);
}

/** Compares each recorded answer with Fauxen's answer of the same id. */
export function compare(recorded: readonly Answer[], got: readonly Answer[]): Comparison {
  const found = new Map(got.map((answer) => [answer.id, answer]));
  const byGroup = new Map<string, Score>();
  const total: Score = { lines: 0, results: 0, whole: 0 };
  const differences: Difference[] = [];
  for (const real of recorded) {
    const group = groupOf(real);
    const score = byGroup.get(group) ?? { lines: 0, results: 0, whole: 0 };
    byGroup.set(group, score);
    const differs = difference(real, found.get(real.id));
    for (const each of [score, total]) {
      each.lines++;
      if (differs === undefined) each.whole++;
      if (differs === undefined || differs.kind === 'memory' || differs.kind === 'ring') each.results++;
    }
    if (differs !== undefined) differences.push(differs);
  }
  return { byGroup, total, differences };
}

/** What a line is about, without its number: differences of one class tend to have one cause. */
export function classOf({ real: { id }, kind }: Difference): string {
  const [group = '', about = '', third = ''] = id.split('.');
  const numbered = /^\d*$/.test(about);
  return `${kind} ${group}${numbered ? '' : `.${about}`}${third === 'info' || third === 'read' ? `.${third}` : ''}`;
}

const share = (part: number, of: number): string =>
  `${part} of ${of} (${((100 * part) / Math.max(1, of)).toFixed(1)} %)`;

/** A comparison as text: groups, then classes of differences, largest first, with examples. */
export function report({ byGroup, total, differences }: Comparison, examples: number): string {
  const lines = [
    `return value and errno: ${share(total.results, total.lines)}; whole lines: ${share(total.whole, total.lines)}`,
    '',
  ];
  for (const [group, score] of byGroup) {
    lines.push(
      `${group.padEnd(18)} ${share(score.results, score.lines).padEnd(24)} whole ${share(score.whole, score.lines)}`,
    );
  }
  const classes = grouped(differences);
  for (const [name, list] of [...classes].sort(([, a], [, b]) => b.length - a.length)) {
    lines.push('', `${list.length} × ${name}`);
    for (const { real, words } of list.slice(0, examples)) {
      lines.push(`  ${real.id}${real.asked === '' ? '' : ` (${real.asked})`}: ${words}`);
    }
  }
  return lines.join('\n');
}

function grouped(differences: readonly Difference[]): Map<string, Difference[]> {
  const classes = new Map<string, Difference[]>();
  for (const each of differences) {
    const name = classOf(each);
    const list = classes.get(name);
    if (list === undefined) classes.set(name, [each]);
    else list.push(each);
  }
  return classes;
}
