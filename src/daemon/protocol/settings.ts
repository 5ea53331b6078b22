import type { GuestType } from '../../xen/domain/domain.ts';
import type { CpuModel } from '../../xen/machine/cpu-models.ts';
import type { SpinSetting } from '../transport/spin-setting.ts';

/** A domain as programs see it: dom0, or a guest. */
export type Persona = 'dom0' | GuestType;

/** The configuration of a hypervisor, as sent to the hypervisor thread: plain data, absolute paths. */
export interface Settings {
  /** Files that define the user's hypercalls. */
  hypercalls: string[];
  /** Xen's own command line; undefined is Xen's default. */
  xenCommandLine?: string;
  /** Where the serial console goes: a path, or `-` for stderr. */
  serial?: string;
  /** The release that answers, as 4.17. */
  xenVersion?: string;
  dom0Bits: 32 | 64;
  /** The domain that makes the calls; undefined is dom0. */
  domain?: number;
  /** Type of that domain, unless it is dom0; undefined is PV. */
  domainType?: GuestType;
  /** Show programs that detect Xen what they check in this kind of domain. */
  persona?: Persona;
  privcmdUnrestricted: boolean;
  strictMemory: boolean;
  anyInterfaceVersion: boolean;
  machine: 'default' | 'host';
  /** Undefined: the CPU of the recordings. A scenario may name another. */
  cpuModel?: CpuModel;
  /** File that describes the machine and its domains. */
  scenario?: string;
  logLevel: LogLevel;
  /** Text for people, or one JSON object per line for programs. */
  logFormat: 'text' | 'json';
  /** Explain failing calls in dmesg. */
  explain: boolean;
  /** Trace into this ring, which the main thread reads. */
  trace?: { buffer: SharedArrayBuffer; verbosity: number };
  /** How long the hypervisor thread polls for the next request before it sleeps. */
  spin: SpinSetting;
  /** Milliseconds that a user's handler may run; 0 is no limit. */
  handlerTimeout: number;
}

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export function isLogLevel(text: string): text is LogLevel {
  return logLevels.some((level) => level === text);
}

/** The defaults of the command-line options. */
export function defaultSettings(): Settings {
  return {
    hypercalls: [],
    dom0Bits: 64,
    privcmdUnrestricted: false,
    strictMemory: false,
    anyInterfaceVersion: false,
    machine: 'default',
    logLevel: 'warn',
    logFormat: 'text',
    explain: false,
    spin: 'auto',
    handlerTimeout: 1000,
  };
}
