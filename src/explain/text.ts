import { say } from '../language/say.ts';
import type { FailureRecord } from './explainer.ts';

/** Formats one failing call for a terminal. */
export function recordText({ explanation, caller, count, time }: FailureRecord): string {
  const { asked, xen, why, change } = explanation;
  const often = count === 1 ? '' : say(' ({count} times)', { count });
  return [
    `${caller.comm}[${caller.pid}] at ${new Date(time).toISOString().slice(11, 23)} UTC${often}: ${asked}`,
    say('  why     {why}.', { why }),
    say('  Xen     {xen}', { xen }),
    say('  change  {change}.', { change }),
    '',
  ].join('\n');
}

/** Formats it for dmesg: one short line. */
export function recordLine({ explanation, caller }: FailureRecord): string {
  const { asked, why, change } = explanation;
  return `explain: ${caller.comm}[${caller.pid}] ${asked}: ${why}; ${change}`;
}
