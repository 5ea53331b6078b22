import { say } from '../language/say.ts';
import type { Check } from './exercise.ts';
import type { Observation } from './observation.ts';

/** Lines of an output that a message shows. */
const MOST_LINES = 6;

/** The differences between a run and the check's expectations; empty if there are none. */
export function judge(check: Check, seen: Observation): string[] {
  if (seen.isTimeOut) return [say('it does not end')];
  const { report, stderr } = seen;
  if (report === undefined) return [last(stderr)];
  if (report.dmesg === null) return [say('the hypervisor died: {why}', { why: last(stderr) })];
  const status = check.status ?? 0;
  return [
    ...lacking(say('the programs print'), seen.stdout, check.prints),
    ...lacking(say('the ring has'), report.dmesg, check.dmesg),
    ...(check.quiet ?? [])
      .filter((pattern) => matches(pattern, report.dmesg ?? ''))
      .map((pattern) => say('the ring must not have {pattern}', { pattern })),
    ...lacking(say('the hypercalls are'), seen.trace, check.calls),
    ...causes(check, report.failures),
    ...(seen.status === status
      ? []
      : [say('the exit status is {status}, expected {expected}', { status: String(seen.status), expected: status })]),
  ];
}

/** A pattern of an exercise: ^ and $ match at lines. */
export function matches(pattern: string, text: string): boolean {
  return new RegExp(pattern, 'm').test(text);
}

function lacking(what: string, text: string, patterns: readonly string[] = []): string[] {
  const missing = patterns.filter((pattern) => !matches(pattern, text));
  if (missing.length === 0) return [];
  return [say('{what}:\n{text}\nexpected: {patterns}', { what, text: last(text), patterns: missing.join(', ') })];
}

function causes({ fails }: Check, failures: readonly { asked: string; cause: string }[]): string[] {
  if (fails === undefined) return [];
  const unexpected = failures.filter(({ cause }) => !fails.includes(cause));
  const absent = fails.filter((cause) => failures.every((failure) => failure.cause !== cause));
  return [
    ...unexpected.map(({ asked, cause }) => `${asked} (${cause})`),
    ...absent.map((cause) => say('no call fails with the cause {cause}', { cause })),
  ];
}

function last(text: string): string {
  const lines = text.trimEnd().split('\n');
  return lines.slice(-MOST_LINES).join('\n') || say('(nothing)');
}
