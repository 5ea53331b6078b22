import { type Comparison, classOf, type Score } from './compare.ts';
import { known, reasonOf } from './known.ts';

/** Classes of differences that are listed for a release; the rest is counted. */
const LISTED = 40;

const percent = (part: number, of: number): string => `${((100 * part) / Math.max(1, of)).toFixed(1)} %`;
const cells = ({ lines, results, whole }: Score): string => `${percent(results, lines)} | ${percent(whole, lines)}`;
const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

const HEAD = `# Fidelity

Does Fauxen answer as a real Xen does? A walking probe (\`test/fidelity\`) asks some 14,000 hypercalls, most of them in sequences, and
compares every answer with what Debian's Xen 4.14.6, 4.17.7 and 4.20.4 answered in two boots each: return value and errno; and, for whole
lines, also every field and buffer that the call changed and every line that Xen printed in its console ring. What the two boots disagree
about (addresses, times) is not compared.

\`scripts/real-xen ratchet\` makes this page and the numbers that a test holds: no group may get worse.

## Ask the real Xen yourself

    scripts/real-xen run 4.17 ./program           # a static program or a script in dom0 of the real Xen: its output, its exit status
    scripts/real-xen compare --xen 4.17 channels  # Fauxen against the recorded answers, each difference in words
    scripts/real-xen walk --real --salt x dm      # another sequence, on the real Xen; without --real under Fauxen
    scripts/real-xen hunt 4.17 --minutes 10       # random sequences on both; a difference is shrunk and printed as a C program
    scripts/real-xen record                       # record the answers in data/real-xen anew (after a change of the table)

QEMU emulates the machine: no KVM and no root is needed, a boot takes 5 to 20 s. It needs Debian or Ubuntu with \`qemu-system-x86\`,
\`seabios\`, \`cpio\` and \`gcc\`; the rest (about 400 MB) is fetched into \`build/real-xen\` or \`$REALXEN\` at the first use. Some calls end a
real Xen; \`walk\`, \`record\` and \`hunt\` say which group or sequence did it, and go on after another boot.

Other releases interpolate: what differs between 4.14, 4.17 and 4.20 is proven by these answers, what lies between them and after them
follows from the ABI data and Xen's change logs.
`;

/** docs/fidelity.md. */
export function fidelityDocument(comparisons: ReadonlyMap<string, Comparison>): string {
  const releases = [...comparisons.keys()];
  const lines = [
    HEAD,
    '## By group',
    '',
    `| group | ${releases.map((release) => `${release} results | whole`).join(' | ')} |`,
  ];
  lines.push(`| --- |${' ---: | ---: |'.repeat(releases.length)}`);
  const none: Score = { lines: 0, results: 0, whole: 0 };
  const groups = new Set([...comparisons.values()].flatMap(({ byGroup }) => [...byGroup.keys()]));
  const row = (name: string, score: (comparison: Comparison | undefined) => Score | undefined) =>
    `| ${name} | ${releases.map((release) => cells(score(comparisons.get(release)) ?? none)).join(' | ')} |`;
  for (const group of groups) lines.push(row(group, (comparison) => comparison?.byGroup.get(group)));
  lines.push(row('**all**', (comparison) => comparison?.total));
  lines.push(
    '',
    `Hypercalls compared: ${releases.map((release) => `${comparisons.get(release)?.total.lines ?? 0} of ${release}`).join(', ')}.`,
  );
  lines.push('', '## Deliberately so', '');
  if (known.length === 0) lines.push('Nothing yet: every difference below is to be fixed.');
  for (const { reason } of known) lines.push(`- ${reason}`);
  for (const release of releases) lines.push(...differencesOf(release, comparisons.get(release)));
  return `${lines.join('\n')}\n`;
}

function differencesOf(release: string, comparison: Comparison | undefined): string[] {
  const classes = new Map<string, { count: number; example: string }>();
  for (const each of comparison?.differences ?? []) {
    if (reasonOf(each) !== undefined) continue;
    const name = classOf(each);
    const asked = each.real.asked === '' ? '' : ` (${each.real.asked})`;
    const found = classes.get(name) ?? {
      count: 0,
      example: `\`${each.real.id}\`${escaped(asked)}: ${escaped(each.words)}`,
    };
    found.count++;
    classes.set(name, found);
  }
  const sorted = [...classes].sort(([, a], [, b]) => b.count - a.count);
  const lines = ['', `## Differences from Xen ${release}`, ''];
  for (const [name, { count, example }] of sorted.slice(0, LISTED))
    lines.push(`- ${count} × ${name}, such as ${example}`);
  const rest = sorted.slice(LISTED).reduce((sum, [, { count }]) => sum + count, 0);
  if (rest > 0)
    lines.push(
      `- ${rest} in ${sorted.length - LISTED} smaller classes: \`scripts/real-xen compare --xen ${release}\` lists them`,
    );
  if (sorted.length === 0) lines.push('None.');
  return lines;
}
