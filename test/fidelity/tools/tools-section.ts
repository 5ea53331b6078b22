import { RELEASES } from '../answers.ts';
import { toolMasks } from './masks.ts';
import type { ToolScores } from './scores.ts';

export const TOOLS_HEADING = '## Tools of each release';

/** The part of docs/fidelity.md about the tools, without an empty line at its end. */
export function toolsSection(scores: ToolScores): string[] {
  const measured = RELEASES.flatMap((release) => {
    const score = scores[release];
    return score === undefined ? [] : [{ release, score }];
  });
  const rows = measured.map(
    ({ release, score: { commands, statuses, stdouts } }) =>
      `| ${release} | ${commands} | ${statuses} of ${commands} | ${stdouts} of ${commands} |`,
  );
  const differences = measured.flatMap(({ release, score }) =>
    score.differences.map(({ command, words }) => `- ${release}, \`${command}\`: ${words.replaceAll('<', '&lt;')}`),
  );
  return [
    TOOLS_HEADING,
    '',
    "Debian's own tools of each release (xl, xentop, xenstore-ls, xenpm, xenhypfs, …) ran a list of commands in dom0 of the real Xen, some",
    'of which build, change and destroy guests. `scripts/real-xen tools` runs the same list under `fauxen run --toolstack`, in a root with',
    'that Debian if this machine has another, and writes this table. A test does so for the release that this machine has.',
    '',
    '| Xen | commands | the same exit status | the same standard output |',
    '| --- | ---: | ---: | ---: |',
    ...rows,
    '',
    ...(differences.length === 0 ? ['No command differs.'] : ['These differ:', '', ...differences]),
    '',
    'Not compared, because two machines differ in it:',
    '',
    ...toolMasks.map(({ why }) => `- ${why}`),
    '- `xl dump-core`: the recorder stopped it at its time limit; here it may end.',
    "- `xl destroy`: the next command waits until xenconsoled has unmapped the guest's page; the emulated machine was never so quick.",
  ];
}

/** docs/fidelity.md with its part about the tools replaced. */
export function withToolsSection(page: string, scores: ToolScores): string {
  const start = page.indexOf(`${TOOLS_HEADING}\n`);
  if (start < 0) throw new Error(`docs/fidelity.md has no "${TOOLS_HEADING}": run scripts/real-xen ratchet`);
  const end = page.indexOf('\n## ', start);
  return `${page.slice(0, start)}${toolsSection(scores).join('\n')}\n${end < 0 ? '' : page.slice(end)}`;
}
