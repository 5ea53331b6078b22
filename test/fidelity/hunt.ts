import type { Abi } from '../../src/xen/abi/abi.ts';
import { type Answer, parseAnswers, type Release } from './answers.ts';
import { cProgram } from './c-program.ts';
import { type Difference, difference } from './compare.ts';
import { reasonOf } from './known.ts';
import { walkOnce } from './machine/real.ts';
import { Random } from './random.ts';
import { pool, STEPS, type Step, scriptOfSequences, sequence } from './sequences.ts';
import { walkFauxen } from './walker.ts';

/** Sequences that one boot runs: booting takes longer than the calls. */
const SEQUENCES = 60;
/** Each round of shrinking is a boot. */
const ROUNDS = 5;

export interface Found {
  readonly steps: readonly Step[];
  readonly difference: Difference;
  /** Performs the calls: a file in C. */
  readonly program: string;
}

/** Both answers to sequences. Sequences in which the real Xen crashed have none. */
export type AskBoth = (sequences: readonly (readonly Step[])[]) => { real: Answer[]; got: Answer[] };

export interface HuntOptions {
  readonly abi: Abi;
  readonly minutes: number;
  readonly seed: string;
  readonly both: AskBoth;
  log(line: string): void;
  found(found: Found): void;
}

/** Asks a real Xen and Fauxen. Continues after a crash of the real one, and reports it. */
export function askBoth(release: Release, abi: Abi, walker: string, log: (line: string) => void): AskBoth {
  return (sequences) => {
    const script = scriptOfSequences(abi, sequences);
    let names = sequences.map((_, index) => `s${index}`);
    let text = '';
    let own = '';
    while (names.length > 0) {
      const walked = walkOnce(release, walker, script, names);
      text += walked.text;
      // Fauxen starts anew where the real one did: what earlier sequences did to dom0 is gone.
      const died = walked.died === undefined ? names.length - 1 : names.indexOf(walked.died.group);
      own += walkFauxen(release, script, [], names.slice(0, died + 1));
      if (walked.died === undefined) break;
      const { group, panic } = walked.died;
      const steps = sequences[Number(group.slice(1))] ?? [];
      log(
        `the real Xen ${release} ended: ${panic}; in the sequence ${steps.map(({ operation }) => operation.name).join(' ')}`,
      );
      names = names.slice(names.indexOf(group) + 1);
    }
    return { real: parseAnswers(text), got: parseAnswers(own) };
  };
}

/** Identifies a difference, so that one cause is reported once: the operation, both outcomes, the fields that differ. */
function signature({ real, got, kind, words }: Difference): string {
  const operation = real.id.split('.').slice(2).join('.');
  const names = kind === 'memory' ? words.replace(/ is [^;]*/g, '') : '';
  return `${operation} ${kind} ${real.errno} ${got?.errno} ${names}`;
}

/** The first difference of each sequence: later ones may follow from it. */
function firstDifferences(both: AskBoth, sequences: readonly (readonly Step[])[]): Map<number, Difference> {
  const { real, got } = both(sequences);
  const byId = new Map(got.map((answer) => [answer.id, answer]));
  const first = new Map<number, Difference>();
  for (const answer of real) {
    const [group = '', step = ''] = answer.id.split('.');
    const index = Number(group.slice(1));
    if (first.has(index) || !/^\d+$/.test(step)) continue; // guests being made and destroyed
    const differs = difference(answer, byId.get(answer.id));
    if (differs !== undefined && reasonOf(differs) === undefined) first.set(index, differs);
  }
  return first;
}

interface Sequence {
  readonly steps: readonly Step[];
  readonly difference: Difference;
}

/**
 * Finds fewer calls that lead to the same difference: all candidates of a round run in one boot. Undefined: it does not recur, even after
 * the same calls.
 */
export function shrink(both: AskBoth, found: Sequence): Sequence | undefined {
  const wanted = signature(found.difference);
  let shortest = found;
  let isBack = false;
  for (let round = 0; round < ROUNDS && (round === 0 || shortest.steps.length > 1); round++) {
    const before = shortest.steps.slice(0, -1);
    const last = shortest.steps.slice(-1);
    const half = before.length >> 1;
    const candidates = [shortest.steps, last, [...before.slice(0, half), ...last], [...before.slice(half), ...last]];
    for (const index of before.keys()) candidates.push([...before.filter((_, at) => at !== index), ...last]);
    const differences = firstDifferences(both, candidates);
    const kept: Sequence[] = [];
    for (const [index, steps] of candidates.entries()) {
      const difference = differences.get(index);
      if (difference !== undefined && signature(difference) === wanted) kept.push({ steps, difference });
    }
    kept.sort((a, b) => a.steps.length - b.steps.length);
    isBack ||= kept.length > 0;
    const next = kept[0];
    if (next === undefined || next.steps.length >= shortest.steps.length) break;
    shortest = next;
  }
  return isBack ? shortest : undefined;
}

function programOf(abi: Abi, { steps, difference: { real, words } }: Sequence): string {
  const operation = real.id.split('.').slice(2).join('.');
  const asked = real.asked === '' ? '' : ` (${real.asked})`;
  const head = `Xen ${abi.version}, step ${steps.length - 1}: ${operation}${asked}\n${words}\nBuild: gcc -static -o program program.c`;
  return cProgram(scriptOfSequences(abi, [steps]), head);
}

/** Looks for differences in random sequences until the time is up; returns how many were found. */
export function hunt({ abi, minutes, seed, both, log, found }: HuntOptions): number {
  const until = Date.now() + minutes * 60_000;
  const all = pool(abi);
  const seen = new Set<string>();
  let count = 0;
  for (let boot = 0; Date.now() < until; boot++) {
    const random = new Random(`hunt ${seed} ${boot}`);
    const sequences = Array.from({ length: SEQUENCES }, () => sequence(all, random));
    const differences = firstDifferences(both, sequences);
    log(`${sequences.length} sequences of ${STEPS} calls: ${differences.size} with a difference`);
    for (const [index, difference] of differences) {
      if (seen.has(signature(difference)) || Date.now() >= until) continue;
      seen.add(signature(difference));
      const step = Number(difference.real.id.split('.')[1]);
      const shortest = shrink(both, { steps: (sequences[index] ?? []).slice(0, step + 1), difference });
      if (shortest === undefined) {
        log(`not seen again: ${difference.real.id} (${difference.real.asked}): ${difference.words}`);
        continue;
      }
      count += 1;
      found({ ...shortest, program: programOf(abi, shortest) });
    }
  }
  return count;
}
