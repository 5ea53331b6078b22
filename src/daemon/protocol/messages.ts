// What the main thread and the hypervisor thread say to each other: one union for each way and channel.

import type { MessagePort } from 'node:worker_threads';
import type { StoreEvent } from '../../drivers/xenbus/store-link.ts';
import type { FailureNote } from '../../explain/summary.ts';
import type { DeviceRings } from '../../guests/device-ring.ts';
import type { GuestOrder } from './guest-order.ts';
import type { LogLevel, Settings } from './settings.ts';

/**
 * Through the worker's own channel, which needs the thread's event loop. The thread is there only before it serves and after it was cut
 * off.
 */
export type Control =
  /** The first message: what to be, and how to talk. */
  | {
      kind: 'start';
      settings: Settings;
      /** /dev/fuse; descriptors are shared by the threads of a process. */
      fuse: number;
      /** For everything else. */
      port: MessagePort;
      /** The words of shared-words.ts. */
      words: Int32Array<SharedArrayBuffer>;
    }
  /** The user's code that ran too long was cut off: answer its call, and go on. */
  | { kind: 'resume' };

/** Through the port. The thread reads it between two requests. */
export type Command =
  /** Ends the loop. */
  | { kind: 'stop' }
  /** A file of the user's hypercalls has changed. */
  | { kind: 'reload'; file: string }
  /** Asks for the bytes of the console ring. */
  | { kind: 'dmesg' }
  /** A guest's kernel is to do something. */
  | { kind: 'guest'; domain: number; order: GuestOrder }
  /** Asks for pages and a port that a guest's frontend driver shares with dom0. */
  | { kind: 'rings'; domain: number; count: number }
  /** Asks whether the guest's virtual CPUs may run. */
  | { kind: 'runs'; domain: number }
  /** Asks whether threads are left that were late to a stop. */
  | { kind: 'release' }
  /** xenstored has answered, or has gone. */
  | { kind: 'store'; events: StoreEvent[] }
  /** A seccomp listener to serve beside FUSE. `device`: the mount's, as linux/open-file.ts makes it. */
  | { kind: 'listener'; listener: number; device: number }
  /** Requests that the watchdog took from /dev/fuse and could not answer. */
  | { kind: 'requests'; messages: Uint8Array[] };

/** What each command is answered with. */
export interface Answers {
  stop: undefined;
  reload: undefined;
  dmesg: Uint8Array;
  guest: undefined;
  /** Undefined: there is no such guest, or no room. */
  rings: DeviceRings | undefined;
  /** Undefined: there is no such guest. */
  runs: boolean | undefined;
  release: boolean;
  store: undefined;
  listener: undefined;
  requests: undefined;
}

export type Answer = Answers[Command['kind']];

/** What goes to the hypervisor thread; `id` comes back in its answer. */
export type Numbered = Command & { id: number };

/** What an open xenbus asks of xenstored: StoreLink's calls. */
export type StoreRequest =
  /** `root`: a descriptor of the caller's root directory, to be closed with the connection; negative if there is none. */
  | { call: 'open'; connection: number; root: number }
  | { call: 'send'; connection: number; message: Uint8Array }
  | { call: 'close'; connection: number };

/** From the hypervisor thread, through the port. */
export type Report =
  /** It begins: `thread` is its thread id. */
  | { kind: 'starting'; thread: number }
  /** It loads a file of the user's hypercalls, whose top-level code may take any time. */
  | { kind: 'loading'; file: string }
  /** The tree is being served. */
  | { kind: 'serving' }
  /** It cannot serve: `status` is the exit status that says so. `ended` follows. */
  | { kind: 'failed'; message: string; status: number }
  | { kind: 'log'; level: LogLevel; message: string; fields?: Record<string, unknown> }
  | { kind: 'answer'; id: number; value: Answer }
  | { kind: 'store'; request: StoreRequest }
  /** A descriptor to be closed: it may be of any file, and closing it may wait for that. */
  | { kind: 'close'; descriptor: number }
  /** A thread was late to a stop: to be asked to release it, again and again. */
  | { kind: 'late' }
  /** The loop is over. `ring`: what dmesg would have answered; `explanations` and `failures`: why calls failed. */
  | { kind: 'ended'; error?: string; ring?: Uint8Array; explanations?: string; failures?: FailureNote[] };
