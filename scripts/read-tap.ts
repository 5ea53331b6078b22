/** The content of a TAP file. `complete` is false if tap ended before it wrote its summary. */
export interface TapReport {
  passed: number;
  failed: number;
  skipped: number;
  complete: boolean;
  /** Each failed assertion with its diagnostics, under the names of its tests. */
  failures: string[];
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
    failures: failuresIn(tap),
    skips: [...tap.matchAll(skippedPoint)].map((match) => ({ name: match[1] ?? '', reason: match[2] ?? '' })),
  };
}

/** Only the innermost failure is reported, with its path: a test that contains it adds nothing. */
function failuresIn(tap: string): string[] {
  const lines = tap.split('\n');
  const found: string[] = [];
  /** The open subtests, and the number of failures when each began. */
  const within: { name: string; before: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const depth = (line.length - line.trimStart().length) / 4;
    const subtest = /^ *# Subtest: (.*)$/.exec(line)?.[1];
    if (subtest !== undefined) within.splice(depth, within.length, { name: subtest, before: found.length });
    if (!/^ *not ok /.test(line) || / # (TODO|SKIP)/i.test(line)) continue;
    const own = within[depth];
    if (own !== undefined && line.includes(` - ${own.name}`) && found.length > own.before) continue;
    const end = lines.indexOf(`${line.slice(0, depth * 4)}  ...`, index);
    const diagnostics = lines[index + 1]?.trim() === '---' ? lines.slice(index + 2, end) : [];
    const path = within.slice(0, depth).map(({ name }) => name);
    found.push([`FAILED: ${path.join(' > ')}`, line.trim(), ...diagnostics].join('\n'));
  }
  return found;
}
