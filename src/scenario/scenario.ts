import type { ConsoleScript } from '../guests/console-script.ts';
import type { SchedulerName } from '../xen/domain/cpupool.ts';
import type { GuestType } from '../xen/domain/domain.ts';
import type { CpuModel } from '../xen/machine/cpu-models.ts';
import type { ScenarioEvent } from './events.ts';
import type { MemoryFile } from './memory-file/memory-file.ts';
import type { Registers } from './registers.ts';

/** A scenario file as its schema allows it. Sizes and times as written: see quantities.ts. */
export interface Scenario {
  readonly machine?: {
    readonly cpus?: number;
    readonly memory?: number | string;
    readonly cpu?: 'amd' | 'intel' | 'recorded' | CpuModel;
    readonly mhz?: number;
    readonly uptime?: number | string;
  };
  readonly pools?: readonly ScenarioPool[];
  readonly domains?: readonly ScenarioDomain[];
  /** Domains that the tools build. */
  readonly built?: {
    readonly console?: ScenarioConsole;
    readonly load?: number;
    readonly writes?: ScenarioWrites;
    readonly network?: NetworkRates;
    readonly disk?: DiskRates;
  };
}

/** A guest's writes to its memory: the rate, and optionally the place. */
export interface ScenarioWrites {
  readonly rate: number | string;
  readonly address?: number | string;
  readonly size?: number | string;
}

/** Bytes a second that a guest receives and sends. */
export interface NetworkRates {
  readonly receive?: number | string;
  readonly send?: number | string;
}

/** Bytes a second that a guest reads and writes. */
export interface DiskRates {
  readonly read?: number | string;
  readonly write?: number | string;
}

export interface ScenarioNetwork extends NetworkRates {
  readonly mac?: string;
  readonly bridge?: string;
}

export interface ScenarioDisk extends DiskRates {
  readonly name: string;
  readonly readOnly?: boolean;
  readonly size?: number | string;
}

/** Values of HVM_PARAM_ALTP2M, from 1 on. */
export const altp2mModes = ['mixed', 'external', 'limited'] as const;

/** A text to print, or a script with everything that a guest prints and answers. */
export type ScenarioConsole = string | ConsoleScript;

export interface ScenarioPool {
  readonly name: string;
  readonly cpus: readonly number[];
  readonly scheduler?: SchedulerName;
}

export interface ScenarioDomain {
  readonly name: string;
  readonly type?: GuestType;
  readonly uuid?: string;
  /** Its size, or in a file the name of the file that it is in. */
  readonly memory: number | string;
  /** Not in a file: what the memory's file says about itself. */
  readonly memoryFile?: MemoryFile;
  readonly registers?: Registers | readonly Registers[];
  readonly maxMemory?: number | string;
  readonly vcpus?: number;
  readonly maxVcpus?: number;
  readonly state?: 'running' | 'idle' | 'paused' | 'shutdown' | 'crashed';
  readonly load?: number;
  readonly writes?: ScenarioWrites;
  readonly altp2m?: (typeof altp2mModes)[number];
  readonly uptime?: number | string;
  readonly cpuTime?: number | string;
  readonly weight?: number;
  readonly cap?: number;
  readonly pool?: string;
  readonly console?: ScenarioConsole;
  readonly networks?: readonly ScenarioNetwork[];
  readonly disks?: readonly ScenarioDisk[];
  readonly events?: readonly ScenarioEvent[];
}

/** The id of the domain at an index of `domains`. */
export const domainId = (index: number): number => index + 1;

/** Its UUID; derived from its id if the scenario gives none. */
export function domainUuid(domain: ScenarioDomain, index: number): string {
  return domain.uuid ?? `fa0e0000-0000-4000-8000-${domainId(index).toString(16).padStart(12, '0')}`;
}

export const scriptOf = (console: ScenarioConsole): ConsoleScript =>
  typeof console === 'string' ? { text: console } : console;
