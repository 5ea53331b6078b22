import { distance } from 'fastest-levenshtein';
import { say } from '../language/say.ts';

/** The name among `names` that looks most like `name`, if one is similar enough for a typo. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const each of names) {
    if (each === name || Math.abs(each.length - name.length) >= least) continue;
    const far = distance(name, each);
    if (far < least) {
      least = far;
      best = each;
    }
  }
  return best;
}

/** ", did you mean 'args'?" for a message; empty if no name is similar. */
export function didYouMean(name: string, names: Iterable<string>): string {
  const near = nearest(name, names);
  return near === undefined ? '' : say(" (did you mean '{near}'?)", { near });
}

/** Calls `fail`, which throws, with a message about the first key that is not in `keys`. */
export function refuseUnknownKeys(definition: object, keys: readonly string[], fail: (problem: string) => never): void {
  const key = Object.keys(definition).find((each) => !keys.includes(each));
  if (key === undefined) return;
  const suggestion = didYouMean(key, keys);
  fail(say("unknown key '{key}'{suggestion}. The keys are {keys}", { key, suggestion, keys: keys.join(', ') }));
}
