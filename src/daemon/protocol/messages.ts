// What the main thread and the hypervisor thread say to each other.

import type { MessagePort } from 'node:worker_threads';
import type { StoreEvent } from '../../drivers/xenbus/store-link.ts';
import type { LogLevel, Settings } from './settings.ts';

/** The first message to the hypervisor thread: what to be, and how to talk. */
export interface ThreadData {
  settings: Settings;
  /** /dev/fuse; descriptors are shared by the threads of a process. */
  fuse: number;
  port: MessagePort;
  shared: SharedArrayBuffer;
}

/** Words of the shared Int32Array. */
export const SHARED = {
  /** Not 0: the port has a message for the hypervisor thread, which sets it to 0 before it reads the port. */
  pending: 0,
  /** Odd while the hypervisor thread copies from or to a caller; goes up at each start and end of a copy. */
  copying: 1,
  /** Odd while a user's handler runs; goes up at each start and end. */
  handling: 2,
  words: 3,
} as const;

export type Command =
  /** Ends the loop. */
  | { kind: 'stop' }
  /** A file of the user's hypercalls has changed. */
  | { kind: 'reload'; file: string }
  /** Answered with the bytes of the console ring. */
  | { kind: 'dmesg' }
  /** A guest shuts itself down. */
  | { kind: 'shutdown'; domain: number; reason: number }
  /** Answered with a byte: 1 if the guest's virtual CPUs may run, 0 if not. Nothing if there is no such guest. */
  | { kind: 'runs'; domain: number }
  /** Answered with a byte: whether threads are left that were late to a stop. */
  | { kind: 'release' }
  /** xenstored has answered, or has gone. */
  | { kind: 'store'; events: StoreEvent[] }
  /** A seccomp listener to serve, beside FUSE. `device`: the mount's, as linux/open-file.ts makes it. */
  | { kind: 'door'; listener: number; device: number }
  /** Requests that the watchdog took from /dev/fuse and could not answer. */
  | { kind: 'requests'; messages: Uint8Array[] };

/** What goes to the hypervisor thread; `id` comes back in its reply. */
export type Question = Command & { id: number };

/** What an open xenbus asks of xenstored: StoreLink's calls. */
export type StoreRequest =
  /** `root`: a descriptor of the caller's root directory, to be closed with the connection; negative if there is none. */
  | { call: 'open'; connection: number; root: number }
  | { call: 'send'; connection: number; message: Uint8Array }
  | { call: 'close'; connection: number };

export type Report =
  | { kind: 'serving'; thread: number }
  | { kind: 'failed'; message: string; status: number }
  | { kind: 'log'; level: LogLevel; message: string; fields?: Record<string, unknown> }
  | { kind: 'reply'; id: number; value?: Uint8Array }
  | { kind: 'store'; request: StoreRequest }
  /** A descriptor to be closed: it may be of any file, and closing it may wait for that. */
  | { kind: 'close'; descriptor: number }
  /** A thread was late to a stop: to be asked to release it, again and again. */
  | { kind: 'late' }
  /** The loop is over; `ring`: what dmesg would have answered; `explanations`: why calls failed. */
  | { kind: 'ended'; error?: string; ring?: Uint8Array; explanations?: string };
