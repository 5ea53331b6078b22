import { cpus, release } from 'node:os';
import type { SoakResult } from './soak.ts';

const number = (value: number) => value.toLocaleString('en');

/** The results: name and figure. */
function rows(result: SoakResult): [string, string][] {
  const { lost, growth } = result;
  const sum = (key: 'injected' | 'survived', kind = /^/) =>
    result.faults.reduce((total, fault) => total + (kind.test(fault.name) ? fault[key] : 0), 0);
  return [
    ['time', `${result.seconds} s`],
    ['hypercalls answered and checked', number(result.calls)],
    ['bytes copied and checked', number(result.bytes)],
    ['lines reported to a caller as printed', number(result.lines)],
    ['reads of dmesg', number(result.reads)],
    ...result.tools.map(({ command, runs, failed }): [string, string] => [
      `runs of \`${command}\``,
      `${runs}, ${failed} failed`,
    ]),
    ['calls that failed because their daemon had been killed', number(result.cutOff)],
    ["calls refused with EIO while another caller's copy was stuck", number(result.refused)],
    ['faults injected', number(sum('injected'))],
    ['of these kill -9 of a daemon or a client', number(sum('injected', /^kill -9/))],
    ['faults survived', number(sum('survived'))],
    ['calls lost: no answer, or a wrong one', number(lost.calls)],
    ['bytes lost or changed', number(lost.bytes)],
    ['lines lost', number(lost.lines)],
    [
      'growth of the daemon that was not killed',
      `${growth.megabytes.toFixed(1)} MB, ${growth.descriptors} descriptors`,
    ],
    ['mounts and processes left behind', number(result.left.length)],
  ];
}

/** The report for a terminal. */
export function reportText(result: SoakResult): string {
  const lines = rows(result).map(([name, figure]) => `${name}: ${figure}`);
  lines.push(...result.faults.map(({ name, injected, survived }) => `  ${name}: ${survived} of ${injected}`));
  lines.push(...[...result.left, ...result.complaints].map((text) => `! ${text}`));
  return lines.join('\n');
}

/** The text of docs/reliability.md. */
export function report(result: SoakResult): string {
  /** Columns as wide as their widest cell, as the formatter wants them. */
  const table = (head: string[], body: string[][]) => {
    const widths = head.map((_, column) => Math.max(3, ...[head, ...body].map((cells) => cells[column]!.length))); // all rows are as long as the header
    const row = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
    return [row(head), row(widths.map((width) => '-'.repeat(width))), ...body.map(row)].join('\n');
  };
  return `# Reliability

Written by \`scripts/soak --write-docs ${result.seconds}\` on Linux ${release()}, ${cpus().length} CPUs (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}, with other work on the machine.

Three hypervisors are under load at once: a mount whose daemon is never killed, a mount whose daemon is killed repeatedly, and
\`fauxen run\` with its seccomp transport. C clients issue hypercalls with known answers: \`xen_version\`, copies of up to 4 KiB in and out
through a user-defined hypercall, opening and closing event channels, an invalid pointer, an unassigned hypercall number, and lines
printed to the console ring. Readers of dmesg and, where installed, Xen's own tools run at the same time. Faults are injected at
random moments, one after the other.

${table(
  ['', ''],
  rows(result).map(([name, figure]) => [name, figure]),
)}

A call is lost if it gets no answer within 30 s, or a wrong one. A caller whose daemon is killed gets ENOTCONN: that is an answer, and
such calls are counted separately. A line is lost if the caller was told that it was printed but the serial log (\`--serial\`) does
not have it. The serial log outlives the daemon; the ring does not, as Xen's does not outlive the machine.

${table(
  ['fault', 'injected', 'survived'],
  result.faults.map(({ name, injected, survived }) => [name, String(injected), String(survived)]),
)}

A fault is survived if the affected part recovers: the mount is served again, the handler's caller gets an errno, other clients go on.
\`--seed ${result.seed}\` repeats the order of the faults, but not their timing.
`;
}
