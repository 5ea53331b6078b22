// The messages between the main thread and the hypervisor thread: one union for each direction and channel.

import type { MessagePort } from 'node:worker_threads';
import type { StoreEvent } from '../../drivers/xenbus/store-link.ts';
import type { FailureNote } from '../../explain/summary.ts';
import type { DeviceRings } from '../../guests/device-ring.ts';
import type { GuestOrder } from './guest-order.ts';
import type { LogLevel, Settings } from './settings.ts';
import type { NetworkInterface } from './traffic.ts';

/** Used instead of a descriptor of /dev/fuse. */
export const NO_MOUNT = -1;

/**
 * Messages through the worker's own channel, which needs the thread's event loop. The thread runs its event loop only before it serves
 * and after it was cut off.
 */
export type Control =
  /** The first message: the settings and the channels. */
  | {
      kind: 'start';
      settings: Settings;
      /** /dev/fuse; descriptors are shared by the threads of a process. NO_MOUNT: all calls come through a seccomp listener. */
      fuse: number;
      /** Carries all other messages. */
      port: MessagePort;
      /** The shared memory of shared-words.ts. */
      words: Int32Array<SharedArrayBuffer>;
    }
  /** The user's code ran too long and was cut off: answer its call, and continue. */
  | { kind: 'resume' };

/** Commands through the port, which the thread reads between requests. */
export type Command =
  /** Ends the loop. */
  | { kind: 'stop' }
  /** A file of the user's hypercalls has changed. */
  | { kind: 'reload'; file: string }
  /** Asks for the bytes of the console ring. */
  | { kind: 'dmesg' }
  /** Makes a guest's kernel carry out an order. */
  | { kind: 'guest'; domain: number; order: GuestOrder }
  /** Asks for pages and a port that a guest's frontend driver shares with dom0. */
  | { kind: 'rings'; domain: number; count: number }
  /** Asks whether the guest is neither paused nor shut down. */
  | { kind: 'runs'; domain: number }
  /** Sets the network interfaces that dom0 has for its guests. */
  | { kind: 'interfaces'; interfaces: readonly NetworkInterface[] }
  /** Asks whether there are still threads that stopped too late. */
  | { kind: 'release' }
  /** xenstored has answered or closed the connection. */
  | { kind: 'store'; event: StoreEvent }
  /**
   * A seccomp listener to serve; without one, processes that make many calls get listeners. `device`: the mount's, as linux/open-file.ts
   * makes it.
   */
  | { kind: 'seccomp'; listener?: number; device: number }
  /** Requests that the watchdog took from /dev/fuse and could not answer. */
  | { kind: 'requests'; messages: Uint8Array[] };

/** The type of each command's answer. */
export interface Answers {
  stop: undefined;
  reload: undefined;
  dmesg: Uint8Array;
  guest: undefined;
  /** Undefined: there is no such guest, or no room. */
  rings: DeviceRings | undefined;
  /** Undefined: there is no such guest. */
  runs: boolean | undefined;
  interfaces: undefined;
  release: boolean;
  store: undefined;
  seccomp: undefined;
  requests: undefined;
}

export type Answer = Answers[Command['kind']];

/** A command as it is sent to the hypervisor thread; its answer has the same `id`. */
export type Numbered = Command & { id: number };

/** Requests of an open xenbus file to xenstored: StoreLink's calls. */
export type StoreRequest =
  /** `root`: a descriptor of the caller's root directory, to be closed with the connection; negative if there is none. */
  | { call: 'open'; connection: number; root: number }
  | { call: 'send'; connection: number; message: Uint8Array }
  | { call: 'close'; connection: number };

/** An act of a guest, first after `after` milliseconds, then, unless it is done once, every `every`. */
export interface ScheduledAct {
  readonly domain: number;
  readonly index: number;
  readonly after: number;
  readonly every?: number;
}

/** Reports from the hypervisor thread, through the port. */
export type Report =
  /** The thread has started; `thread` is its thread id. */
  | { kind: 'starting'; thread: number }
  /** It loads a file of the user's hypercalls, whose top-level code may run for any time. */
  | { kind: 'loading'; file: string }
  /** The tree is being served. */
  | { kind: 'serving' }
  /** It cannot serve: `status` is the exit status for that. `ended` follows. */
  | { kind: 'failed'; message: string; status: number }
  | { kind: 'log'; level: LogLevel; message: string; fields?: Record<string, unknown> }
  | { kind: 'answer'; id: number; value: Answer }
  | { kind: 'store'; request: StoreRequest }
  /** A descriptor to close: it may be of any file, and close(2) may block. */
  | { kind: 'close'; descriptor: number }
  /** When guests of the scenario are to be told to act. */
  | { kind: 'schedule'; schedule: readonly ScheduledAct[] }
  /** A caller's thread stopped too late: the main thread must poll until it is released. */
  | { kind: 'late' }
  /**
   * The loop is over. `ring`: what dmesg would have answered; `explanations` and `failures`: why calls failed; `printed`: whether the
   * user's code printed something, which may still be on its way.
   */
  | {
      kind: 'ended';
      error?: string;
      ring?: Uint8Array;
      explanations?: string;
      failures?: FailureNote[];
      printed?: boolean;
    };
