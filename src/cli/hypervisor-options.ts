// The options that shape the hypervisor, the same for every command that starts one.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JoinRequest } from '../daemon/protocol/join-request.ts';
import { isLogLevel, logLevels, type Persona, type Settings } from '../daemon/protocol/settings.ts';
import { parseSpin, type SpinSetting } from '../daemon/transport/spin-setting.ts';
import { say } from '../language/say.ts';
import { type OptionTable, type OptionValues, text, texts, UsageError } from './command.ts';

export const hypervisorOptions = {
  hypercalls: {
    type: 'string',
    multiple: true,
    value: 'FILE',
    help: 'file with hypercalls of your own (.ts, .c, .patch), or a source tree of Xen, loaded again when you save it (repeatable)',
  },
  'xen-cmdline': { type: 'string', value: 'LINE', help: "Xen's own options, such as 'loglvl=all conring_size=64k'" },
  serial: { type: 'string', value: 'FILE', help: 'file for the output of the serial console; - is stderr' },
  xen: { type: 'string', value: 'VERSION', help: 'the Xen release that answers: 3.2, or 4.0 to 4.22 (default 4.17)' },
  'dom0-bits': { type: 'string', choices: ['32', '64'], help: "word size of dom0's kernel (default 64)" },
  domain: { type: 'string', value: 'N', help: 'programs run in unprivileged domain N instead of dom0' },
  'domain-type': { type: 'string', choices: ['pv', 'pvh'], help: 'what kind of guest domain N is (default pv)' },
  machine: { type: 'string', choices: ['default', 'host'], help: "CPUs, memory and clocks: fixed ones or this host's" },
  scenario: { type: 'string', value: 'FILE', help: 'YAML or JSON: the machine, and domains that exist at start' },
  'any-interface-version': {
    type: 'boolean',
    help: 'sysctl and domctl accept the interface version of any release, unlike a real Xen',
  },
  'strict-memory': { type: 'boolean', help: 'copy only from and to pages that are present, as Xen does' },
  'privcmd-unrestricted': { type: 'boolean', help: "privcmd's module option, for --domain" },
  spin: { type: 'string', value: 'TIME', help: 'poll for the next call before sleeping: auto, off, or microseconds' },
  explain: { type: 'boolean', help: 'explain each failed hypercall in dmesg' },
  'handler-timeout': {
    type: 'string',
    value: 'SECONDS',
    help: 'cut off a handler that runs longer (default 1; 0 never)',
  },
  'log-format': {
    type: 'string',
    choices: ['text', 'json'],
    help: 'format of log lines (default text)',
  },
  'log-level': { type: 'string', choices: logLevels, help: "fauxen's own log on stderr (default warn)" },
} as const satisfies OptionTable;

/** The longest time limit that is accepted: one day. */
const MAX_SECONDS = 86_400;

/** The last domain number below Xen's reserved ones (DOMID_FIRST_RESERVED). */
const MAX_DOMAIN = 0x7fef;

/** Converts the options to settings. Paths become absolute, so that a daemon may change its directory. Throws UsageError. */
export function settingsFrom(values: OptionValues): Settings {
  const commandLine = text(values, 'xen-cmdline');
  const serial = text(values, 'serial');
  const version = text(values, 'xen');
  const scenario = text(values, 'scenario');
  const domain = text(values, 'domain');
  const level = text(values, 'log-level') ?? 'warn';
  return {
    hypercalls: texts(values, 'hypercalls').map(existingFile),
    ...(commandLine !== undefined && { xenCommandLine: commandLine }),
    ...(serial !== undefined && { serial: serial === '-' ? '-' : resolve(serial) }),
    ...(version !== undefined && { xenVersion: release(version) }),
    ...(domain !== undefined && { domain: domainNumber(domain) }),
    ...(text(values, 'domain-type') === 'pvh' && { domainType: 'pvh' as const }),
    ...personaFrom(values),
    dom0Bits: text(values, 'dom0-bits') === '32' ? 32 : 64,
    ...(scenario !== undefined && { scenario: resolve(scenario) }),
    machine: text(values, 'machine') === 'host' ? 'host' : 'default',
    anyInterfaceVersion: values['any-interface-version'] === true,
    strictMemory: values['strict-memory'] === true,
    privcmdUnrestricted: values['privcmd-unrestricted'] === true,
    explain: values.explain === true,
    logLevel: isLogLevel(level) ? level : 'warn',
    logFormat: text(values, 'log-format') === 'json' ? 'json' : 'text',
    handlerTimeout: milliseconds(text(values, 'handler-timeout') ?? '1'),
    spin: spinTime(text(values, 'spin') ?? 'auto'),
  };
}

/** A persona implies a domain of that type. Throws UsageError if the other options ask for another one. */
function personaFrom(values: OptionValues): Pick<Settings, 'persona' | 'domain' | 'domainType'> {
  const persona = text(values, 'persona') as Persona | undefined;
  if (persona === undefined) return {};
  const stray = ['domain-type', 'toolstack', ...(persona === 'dom0' ? ['domain'] : [])];
  const other = stray.find((name) => values[name] !== undefined);
  if (other !== undefined)
    throw new UsageError(say('--persona {persona} cannot be combined with --{option}', { persona, option: other }));
  if (persona === 'dom0') return { persona };
  return { persona, domainType: persona, domain: domainNumber(text(values, 'domain') ?? '1') };
}

/** The names of the hypervisor options that were given, for commands that accept them only in some cases. */
export function givenHypervisorOptions(values: OptionValues): string[] {
  return Object.keys(hypervisorOptions).filter(
    (name) => values[name] !== undefined && name !== 'log-level' && name !== 'log-format',
  );
}

/** Options that choose the programs' domain; they also work when joining a running hypervisor. */
const joinOptions = ['domain', 'domain-type', 'privcmd-unrestricted'];

/**
 * The domain to join in a running mount's hypervisor; undefined if the options name none. Throws UsageError for options that only the
 * running mount itself accepts.
 */
export function joinFrom(values: OptionValues, joins: '--at' | '--join'): JoinRequest | undefined {
  const given = givenHypervisorOptions(values);
  const wrong = given.find((name) => !joinOptions.includes(name));
  if (wrong !== undefined)
    throw new UsageError(
      say("--{option} belongs to the 'fauxen mount' that {joining} joins", { option: wrong, joining: joins }),
    );
  const id = text(values, 'domain');
  const type = text(values, 'domain-type');
  const unrestricted = values['privcmd-unrestricted'] === true;
  if (id === undefined) {
    if (given[0] !== undefined)
      throw new UsageError(say('--{option} with {joining} needs --domain', { option: given[0], joining: joins }));
    return undefined;
  }
  return { id: domainNumber(id), ...((type === 'pv' || type === 'pvh') && { type }), unrestricted };
}

function milliseconds(seconds: string): number {
  const value = Number(seconds);
  if (seconds.trim() === '' || !(value >= 0 && value <= MAX_SECONDS)) {
    throw new UsageError(
      say("--handler-timeout takes seconds from 0 to {most}, not '{seconds}'", { most: MAX_SECONDS, seconds }),
    );
  }
  return Math.ceil(value * 1000);
}

function spinTime(value: string): SpinSetting {
  const setting = parseSpin(value);
  if (setting === undefined)
    throw new UsageError(say("--spin takes auto, off, or microseconds, not '{value}'", { value }));
  return setting;
}

function existingFile(path: string): string {
  const file = resolve(path);
  if (!existsSync(file)) throw new UsageError(say('--hypercalls: cannot read {path}: it does not exist', { path }));
  return file;
}

function release(version: string): string {
  if (!/^[34]\.\d{1,2}$/.test(version))
    throw new UsageError(say("--xen takes a release such as 4.17, not '{version}'", { version }));
  return version;
}

function domainNumber(value: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number <= MAX_DOMAIN))
    throw new UsageError(say("--domain takes 0 to {most}, not '{value}'", { most: MAX_DOMAIN, value }));
  return number;
}
