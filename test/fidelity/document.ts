import { isRelease, type Recording } from './answers.ts';
import { type Comparison, classOf, type Score } from './compare.ts';
import { known, reasonOf } from './known.ts';
import type { ToolScores } from './tools/scores.ts';
import { toolsSection } from './tools/tools-section.ts';
import type { UnseenScores } from './unseen.ts';

/** How many classes of differences are listed for a release; the others are only counted. */
const LISTED = 40;

const percent = (part: number, of: number): string => `${((100 * part) / Math.max(1, of)).toFixed(1)} %`;
const cells = ({ lines, results, whole }: Score): string => `${percent(results, lines)} | ${percent(whole, lines)}`;
const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

const HEAD = `# Fidelity

Does Fauxen answer as a real Xen does? A probe program (\`test/fidelity\`) issues some 14,000 hypercalls, most of them in sequences, and
compares each answer with recordings of Debian's Xen 4.14.6, 4.17.7 and 4.20.4, taken in two boots of each. "Results" counts the calls
with the same return value and errno. "Whole" counts those where each changed field and buffer, and each line in the console ring, is the
same too. Values that differ between the two boots (addresses, times) are not compared.

\`scripts/real-xen ratchet\` generates this page and the limits that a test checks: no group may get worse.

## Ask the real Xen yourself

    scripts/real-xen run 4.17 ./program           # runs a static program or a script in dom0 of the real Xen
    scripts/real-xen compare --xen 4.17 channels  # compares Fauxen with the recorded answers
    scripts/real-xen walk --real --salt x dm      # issues another sequence on the real Xen; under Fauxen without --real
    scripts/real-xen hunt 4.17 --minutes 10       # tries random sequences on both, and prints differences as C programs
    scripts/real-xen record                       # records the answers in data/real-xen again, after a change of the probe
    scripts/real-xen tools                        # runs each release's own tools under Fauxen and compares; needs root

QEMU emulates the machine, so neither KVM nor root is needed; a boot takes 5 to 20 s. The script needs Debian or Ubuntu with
\`qemu-system-x86\`, \`seabios\`, \`cpio\` and \`gcc\`, and downloads the rest (about 400 MB) into \`build/real-xen\` or \`$REALXEN\` on first use.
Some calls crash a real Xen: \`walk\`, \`record\` and \`hunt\` report which group or sequence did, reboot, and continue.

The recordings cover 4.14, 4.17 and 4.20 only. The answers of other releases follow from the ABI data and Xen's change logs.
`;

const FROM_GUESTS = `### From guests

The same calls by an unprivileged guest of the real Xen, started by xl, with Debian's Linux and its privcmd's option unrestricted; under
Fauxen \`fauxen run --domain 1 --domain-type pv --privcmd-unrestricted\`, or \`pvh\`. \`scripts/real-xen record 4.17-pv 4.17-pvh\` records
them. A PVH guest runs on the emulated machine too, since QEMU emulates AMD's SVM; that machine's clock counts instructions.
Vectors 16 and 255 for its events are left out: its Linux does not survive them.`;

/** The text of docs/fidelity.md. */
export function fidelityDocument(
  comparisons: ReadonlyMap<Recording, Comparison>,
  unseen: UnseenScores,
  tools: ToolScores,
): string {
  const all = [...comparisons.keys()];
  const lines = [HEAD, '## By group', '', ...table(comparisons, all.filter(isRelease), unseen)];
  const guests = all.filter((each) => !isRelease(each));
  if (guests.length > 0) lines.push('', FROM_GUESTS, '', ...table(comparisons, guests, unseen));
  lines.push('', ...toolsSection(tools), '', '## Intended differences', '');
  if (known.length === 0) lines.push('None: every difference below is a bug.');
  for (const { reason } of known) lines.push(`- ${reason}`);
  for (const each of all) lines.push(...differencesOf(each, comparisons.get(each)));
  return `${lines.join('\n')}\n`;
}

/** A row for each group, and for a sequence that is not recorded. */
function table(
  comparisons: ReadonlyMap<Recording, Comparison>,
  releases: readonly Recording[],
  unseen: UnseenScores,
): string[] {
  const lines = [`| group | ${releases.map((release) => `${release} results | whole`).join(' | ')} |`];
  lines.push(`| --- |${' ---: | ---: |'.repeat(releases.length)}`);
  const none: Score = { lines: 0, results: 0, whole: 0 };
  const groups = new Set([...comparisons.values()].flatMap(({ byGroup }) => [...byGroup.keys()]));
  const row = (name: string, score: (comparison: Comparison | undefined) => Score | undefined) =>
    `| ${name} | ${releases.map((release) => cells(score(comparisons.get(release)) ?? none)).join(' | ')} |`;
  for (const group of groups) lines.push(row(group, (comparison) => comparison?.byGroup.get(group)));
  lines.push(row('**all**', (comparison) => comparison?.total));
  const elsewhere = releases.filter((release) => unseen[release] !== undefined);
  if (elsewhere.length > 0) {
    const score = (release: Recording) => {
      const measured = unseen[release];
      return measured === undefined ? 'not asked | ' : cells(measured);
    };
    lines.push(`| another sequence | ${releases.map(score).join(' | ')} |`);
  }
  const count = (release: Recording) => `${comparisons.get(release)?.total.lines ?? 0} of ${release}`;
  lines.push('', `Hypercalls compared: ${releases.map(count).join(', ')}.`);
  if (elsewhere.length > 0) {
    const salts = elsewhere.map(
      (release) => `${unseen[release]?.lines} of ${release} with salt ${unseen[release]?.salt}`,
    );
    lines.push(
      '',
      `"Another sequence" was run on the real Xen later (\`scripts/real-xen unseen\`): ${salts.join(', ')}.`,
    );
  }
  return lines;
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
