// The options that filter and format a trace, shared by `trace` and `run --trace`.

import { say } from '../language/say.ts';
import type { TraceOptions } from '../trace/printer.ts';
import { errno } from '../xen/errno.ts';
import { type OptionTable, type OptionValues, texts, UsageError } from './command.ts';

export const traceOptions = {
  pid: { type: 'string', multiple: true, value: 'PID', help: 'only calls of this process (repeatable)' },
  name: {
    type: 'string',
    short: 'e',
    multiple: true,
    value: 'NAME,...',
    help: 'only these hypercalls, by name, number or sub-operation',
  },
  errno: {
    type: 'string',
    multiple: true,
    value: 'NAME,...',
    help: "only calls that failed with these errors; 'any': all failures",
  },
  json: { type: 'boolean', help: 'one JSON object per line' },
  count: { type: 'boolean', short: 'c', help: 'print only a table of counts and times at the end' },
  verbose: { type: 'boolean', short: 'v', multiple: true, help: 'show structs too; -vv: how each call was delivered' },
} as const satisfies OptionTable;

/** Reads the trace options. Throws UsageError. */
export function traceOptionsFrom(values: OptionValues): TraceOptions {
  const verbose = values.verbose;
  return {
    pids: words(values, 'pid').map(processId),
    names: words(values, 'name').map((name) => name.replace(/^__HYPERVISOR_/, '')),
    errnos: words(values, 'errno').map(errorName),
    json: values.json === true,
    summary: values.count === true,
    verbosity: Array.isArray(verbose) ? verbose.length : 0,
  };
}

function words(values: OptionValues, name: string): string[] {
  return texts(values, name).flatMap((text) => text.split(',').filter(Boolean));
}

function processId(text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(say("--pid takes a process id, not '{text}'", { text }));
  return Number(text);
}

function errorName(text: string): string {
  const name = text.replace(/^-/, '');
  if (name !== 'any' && !Object.hasOwn(errno, name))
    throw new UsageError(say("--errno takes names such as EFAULT, or any, not '{text}'", { text }));
  return name;
}
