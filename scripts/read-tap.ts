/** What a finished TAP file says. `complete` is false if tap ended before it wrote its summary. */
export interface TapReport {
  passed: number;
  failed: number;
  skipped: number;
  complete: boolean;
  skips: { name: string; reason: string }[];
}

/** tap's own summary is the last line of this form: `# { total: 3, pass: 2, skip: 1 }`, counted in assertions. */
const summary = /^# \{ total: .*\}$/gm;
const skippedPoint = /^ *ok \d+(?: - (.*?))? # SKIP ?(.*)$/gim;

export function readTap(tap: string): TapReport {
  const last = [...tap.matchAll(summary)].at(-1)?.[0] ?? '';
  const count = (name: string) => Number(new RegExp(`\\b${name}: (\\d+)`).exec(last)?.[1] ?? 0);
  return {
    passed: count('pass'),
    failed: count('fail'),
    skipped: count('skip') + count('todo'),
    complete: last !== '',
    skips: [...tap.matchAll(skippedPoint)].map((match) => ({ name: match[1] ?? '', reason: match[2] ?? '' })),
  };
}
