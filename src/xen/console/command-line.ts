import { DEFAULT_RING_SIZE } from './console-ring.ts';

export type TimestampMode = 'none' | 'date' | 'datems' | 'boot' | 'raw';

/** Messages with a level below `lower` always print; those from `lower` to below `upper` are rate-limited in Xen; others are dropped. */
export interface Threshold {
  lower: number;
  upper: number;
}

/** The options of Xen's command line that the model knows. */
export interface CommandLine {
  /** As given; xen_version shows it. */
  readonly text: string;
  readonly options: ReadonlyMap<string, string>;
  readonly loglvl: Threshold;
  readonly guestLoglvl: Threshold;
  readonly conringSize: number;
  readonly timestamps: TimestampMode;
  readonly consoleToRing: boolean;
  /** Options that the model does not know or could not parse: Xen reports and ignores them. */
  readonly complaints: readonly string[];
}

/** The default, that of the recordings. */
const DEFAULT_COMMAND_LINE = 'console=com1 com1=115200 loglvl=all guest_loglvl=all dom0_mem=1G,max:1G ';

const levels: Record<string, number> = { none: 0, error: 1, warning: 2, info: 3, debug: 4, all: 4 };
/** What an unknown level means: warnings. */
const DEFAULT_LEVEL = 2;

/** Options of Xen 4.17 that have no effect in the model, and are accepted without a message. */
const accepted = new Set(
  (
    'console com1 com2 vga dom0_mem dom0_max_vcpus dom0_vcpus_pin sched cpufreq iommu noreboot watchdog ucode smt xpti spec-ctrl ' +
    'pv-l1tf tsx gnttab gnttab_max_frames gnttab_max_maptrack_frames gnttab_max_version dom0 flask xsm hap altp2m nmi acpi apic ' +
    'cpuid cpuidle max_cstate numa nosmp maxcpus mem placeholder sync_console bootscrub crashkernel credit2_runqueue ' +
    'sched_credit_tslice_ms sched_ratelimit_us sched-gran tbuf_size edd edid ept hpet clocksource cpupool dit ' +
    'argo vpmu mce low_crashinfo no-real-mode efi xsave pcid pku invpcid pv pv-linear-pt shim hypfs timer_slop conswitch'
  ).split(' '),
);

/** Parses Xen's command line as Xen does: words, `name=value`, `no-` or `=no` for a boolean. */
export function parseCommandLine(text: string = DEFAULT_COMMAND_LINE): CommandLine {
  const options = new Map<string, string>();
  const complaints: string[] = [];
  // A release build's defaults: errors and warnings of Xen's own; of guests' the same, rate-limited.
  let loglvl: Threshold = { lower: 2, upper: 2 };
  let guestLoglvl: Threshold = { lower: 0, upper: 2 };
  let conringSize = DEFAULT_RING_SIZE;
  let timestamps: TimestampMode = 'none';
  let consoleToRing = false;
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word.replace(/^no-/, '') : word.slice(0, equals);
    const value = equals < 0 ? (word.startsWith('no-') ? 'no' : '') : word.slice(equals + 1);
    options.set(name, value);
    const known = <T>(parsed: T | undefined, unchanged: T): T => {
      if (parsed === undefined) complaints.push(`parameter "${name}" has invalid value "${value}", rc=-22!`);
      return parsed ?? unchanged;
    };
    if (name === 'loglvl') loglvl = known(validThreshold(value), loglvl);
    else if (name === 'guest_loglvl') guestLoglvl = known(validThreshold(value), guestLoglvl);
    else if (name === 'conring_size') conringSize = known(parseSize(value), conringSize);
    else if (name === 'console_timestamps') timestamps = known(parseTimestamps(value), timestamps);
    else if (name === 'console_to_ring') consoleToRing = known(parseBoolean(value), consoleToRing);
    else if (!accepted.has(name)) complaints.push(`parameter "${name}" unknown!`);
  }
  return { text, options, loglvl, guestLoglvl, conringSize, timestamps, consoleToRing, complaints };
}

function validThreshold(value: string): Threshold | undefined {
  const { valid, ...threshold } = parseThreshold(value);
  return valid ? threshold : undefined;
}

/** The level that a text begins with, and the length of its name; without one, the default and 0. */
function leadingLevel(text: string): [level: number, length: number] {
  const name = Object.keys(levels).find((each) => text.startsWith(each)) ?? '';
  return [levels[name] ?? DEFAULT_LEVEL, name.length];
}

/** `level` or `lower/upper` (none, error, warning, info, debug, all). Like Xen, it also reports how it understood an invalid text. */
export function parseThreshold(value: string): Threshold & { readonly valid: boolean } {
  const [lower, length] = leadingLevel(value);
  let upper = lower;
  let end = length;
  if (value[length] === '/') {
    const [level, more] = leadingLevel(value.slice(length + 1));
    upper = level;
    // An unknown second level leaves the slash unread.
    if (more > 0) end = length + 1 + more;
  }
  return { lower, upper: Math.max(lower, upper), valid: end === value.length };
}

/** Bytes of "64k"; a bare number is KiB, as in Xen's size parameters. */
function parseSize(value: string): number | undefined {
  const match = /^(0x[\da-f]+|\d+)([bkmg]?)$/i.exec(value);
  if (match === null) return undefined;
  const unit = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[(match[2] || 'k').toLowerCase()] ?? 1024;
  const size = Number(match[1]) * unit;
  return size <= 1024 ** 3 ? size : undefined;
}

export function parseTimestamps(value: string): TimestampMode | undefined {
  switch (value) {
    case 'none':
    case 'date':
    case 'datems':
    case 'boot':
    case 'raw':
      return value;
    default: {
      const on = parseBoolean(value);
      return on === undefined ? undefined : on ? 'date' : 'none';
    }
  }
}

export function parseBoolean(value: string): boolean | undefined {
  if (['', 'yes', 'on', 'true', 'enable', '1'].includes(value)) return true;
  if (['no', 'off', 'false', 'disable', '0'].includes(value)) return false;
  return undefined;
}
