import type { Remark } from '../xen/call/call.ts';
import type { GuestMemory } from '../xen/call/guest-memory.ts';
import type { Hypercall } from '../xen/call/hypercall.ts';
import type { HiddenMessage } from '../xen/console/console.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import type { MemoryMap } from './memory-map.ts';

/** The caller of a hypercall. */
export interface CallerFacts {
  readonly tid: number;
  readonly pid: number;
  /** Name of the program. */
  readonly comm: string;
}

/** The facts for an explanation: a hypercall that failed, or that succeeded with a remark. */
export interface FailedCall {
  readonly kind: 'hypercall';
  readonly hypervisor: Hypervisor;
  readonly caller: CallerFacts;
  readonly memory: GuestMemory;
  /** The caller's mappings, read at the first use. */
  readonly map: MemoryMap;
  /** All 64 bits of the number. */
  readonly number: bigint;
  readonly row: Hypercall | undefined;
  readonly args: readonly bigint[];
  readonly domid: number;
  readonly privileged: boolean;
  readonly result: number | bigint;
  /** Where a copy failed, and where it started. */
  readonly fault: { address: number; start: number; wrote: boolean } | undefined;
  readonly remark: Remark | undefined;
  /** A message that the console's log level hid. */
  readonly hidden: HiddenMessage | undefined;
  /** Files of the user's hypercalls. */
  readonly files: readonly string[];
  /** Pages must be present, as on Xen. */
  readonly strictMemory: boolean;
}

/** An ioctl that the driver refused before any hypercall. */
export interface FailedIoctl {
  readonly kind: 'ioctl';
  readonly hypervisor: Hypervisor;
  readonly caller: CallerFacts;
  readonly memory: GuestMemory;
  readonly map: MemoryMap;
  readonly command: number;
  readonly argument: number;
  /** The caller is a 32-bit program. */
  readonly compat: boolean;
  /** The domain that the file is restricted to, or DOMID_INVALID. */
  readonly restricted: number;
  readonly domid: number;
  readonly privileged: boolean;
  readonly result: number | bigint;
}

/** An ioctl for privcmd on a descriptor that is not privcmd's. */
export interface StrayIoctl {
  readonly kind: 'stray';
  readonly caller: CallerFacts;
  readonly descriptor: number;
  /** The file behind it; undefined if it is not open. */
  readonly name: string | undefined;
  readonly command: number;
  readonly argument: number;
}

export type Failure = FailedCall | FailedIoctl | StrayIoctl;

export interface Explanation {
  /** A short name of the cause, for tests and --json. */
  readonly cause: string;
  /** What the program requested. */
  readonly asked: string;
  /** What Xen does with it. */
  readonly xen: string;
  /** Why it failed. */
  readonly why: string;
  /** What to change. */
  readonly change: string;
  /** If a user's handler refused the call on purpose: whether it has answered other calls. */
  readonly answersOthers?: (() => boolean) | undefined;
}

/** The parts of an explanation that a cause provides; the description of the call is added centrally. */
export type Answer = Omit<Explanation, 'asked'>;
