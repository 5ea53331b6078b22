import { stringify } from 'yaml';
import type { Result } from './check.ts';

/** The results as TAP 14, with what is wrong and the hints in YAML blocks. */
export function tap(name: string, results: readonly Result[]): string {
  return ['TAP version 14', `# ${name}`, `1..${results.length}`, ...results.map(testPoint), ''].join('\n');
}

function testPoint({ title, outcome, problems, hints, command }: Result, index: number): string {
  const description = `${index + 1} - ${title.replace(/[\\#]/g, '\\$&')}`;
  if (outcome === 'passed') return `ok ${description}`;
  if (outcome === 'not run') return `ok ${description} # SKIP ${problems.join('; ')}`;
  const block = stringify(
    { message: problems.join('\n'), ...(hints.length > 0 && { hints }), command },
    { lineWidth: 0 },
  );
  return `not ok ${description}\n  ---\n${block.trimEnd().replace(/^(?=.)/gm, '  ')}\n  ...`;
}
