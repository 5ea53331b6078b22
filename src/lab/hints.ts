import type { Language } from '../language/language.ts';
import { say } from '../language/say.ts';
import type { Check, Hint } from './exercise.ts';
import { matches } from './judge.ts';
import type { Observation } from './observation.ts';

/** Most explanations to show; the latest failures count. */
const MOST_EXPLANATIONS = 2;

/** Hints for the learner: the exercise's own hint that matches the run, and explanations of unexpected failures. */
export function hintsFor(hints: readonly Hint[], seen: Observation, language: Language, check?: Check): string[] {
  const fitting = hints.find((hint) => fits(hint, seen));
  const unexpected = (seen.report?.failures ?? []).filter(({ cause }) => check?.fails?.includes(cause) !== true);
  return [
    ...(fitting === undefined ? [] : [fitting.hint[language]]),
    ...unexpected
      .slice(-MOST_EXPLANATIONS)
      .map(({ asked, why, change, cause }) =>
        say('{asked} [{cause}]: {why}. Change: {change}.', { asked, cause, why, change }),
      ),
  ];
}

function fits({ cause, prints, dmesg, says }: Hint, { report, stdout, stderr }: Observation): boolean {
  return (
    (cause === undefined || report?.failures.some((failure) => failure.cause === cause) === true) &&
    (prints === undefined || matches(prints, stdout)) &&
    (dmesg === undefined || (report !== undefined && matches(dmesg, report.dmesg ?? ''))) &&
    (says === undefined || matches(says, stderr))
  );
}
