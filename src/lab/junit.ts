import type { Result } from './check.ts';

/** The results as JUnit's XML, as CI servers read it. */
export function junit(name: string, results: readonly Result[]): string {
  const count = (outcome: Result['outcome']) => results.filter((each) => each.outcome === outcome).length;
  const counts = `tests="${results.length}" failures="${count('failed')}" skipped="${count('not run')}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="${xml(name)}" ${counts}>
${results.map((result) => testCase(name, result)).join('\n')}
  </testsuite>
</testsuites>
`;
}

function testCase(name: string, { title, outcome, problems, hints, command }: Result): string {
  const head = `    <testcase classname="${xml(name)}" name="${xml(title)}"`;
  if (outcome === 'passed') return `${head}/>`;
  const message = xml(problems.join('\n'));
  if (outcome === 'not run') return `${head}><skipped message="${message}"/></testcase>`;
  return `${head}><failure message="${message}">${xml([...hints, command].join('\n'))}</failure></testcase>`;
}

/** Characters that XML 1.0 forbids are replaced. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
