import { close, closeSync, readlinkSync } from 'node:fs';
import { MessageChannel, type MessagePort, receiveMessageOnPort, type Worker } from 'node:worker_threads';
import type { Log } from '../log/log.ts';
import {
  type Command,
  type Question,
  type Report,
  SHARED,
  type StoreRequest,
  type ThreadData,
} from '../protocol/messages.ts';
import type { Settings } from '../protocol/settings.ts';
import type { FileWatch } from './file-watch.ts';
import { HandlerGuard } from './handler-guard.ts';
import { MEMORY_MB, MemoryGuard } from './memory-guard.ts';
import { HEAP_MB, startThread } from './start-thread.ts';
import { Watchdog } from './watchdog.ts';
import type { XenbusRelay } from './xenbus-relay.ts';

/** How long the hypervisor thread may take for what it is asked; a handler of a hypercall runs to its end first. */
const ANSWER_TIMEOUT_MS = 2_000;

/** Pause between two wake-up signals: the first may come just before the thread blocks. */
const WAKE_INTERVAL_MS = 1;

/** How often threads are looked at that were late to a stop. */
const RELEASE_INTERVAL_MS = 100;

/** The hypervisor thread could not start: `status` is the exit status that says so. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

export interface DaemonOptions {
  settings: Settings;
  /** An open /dev/fuse, mounted or about to be. Stays the caller's: close it after `ended`. */
  fuse: number;
  log: Log;
}

/** The main thread's side of the hypervisor thread. */
export class Daemon {
  /** The tree is being served. Rejects with StartError. */
  readonly serving: Promise<void>;
  /** The thread is done: unmounted, or stopped. Resolves to what went wrong, if anything did. */
  readonly ended: Promise<string | undefined>;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #shared = new Int32Array(new SharedArrayBuffer(4 * SHARED.words));
  readonly #log: Log;
  readonly #watchdog: Watchdog;
  readonly #guard: HandlerGuard;
  readonly #memoryGuard: MemoryGuard;
  readonly #answers = new Map<number, (value: Uint8Array | undefined) => void>();
  #thread = 0;
  #listener: number | undefined;
  #nextId = 1;
  #running = true;
  /** Why the thread was ended from here. */
  #reason: string | undefined;
  /** The console ring when the thread ended. */
  #files: FileWatch | undefined;
  #lastRing: Uint8Array | undefined;
  /** Made when xenbus is first opened. */
  #relay: Promise<XenbusRelay> | undefined;
  #releasing = false;

  constructor({ settings, fuse, log }: DaemonOptions) {
    const { port1, port2 } = new MessageChannel();
    this.#log = log;
    this.#port = port1;
    const data: ThreadData = { settings, fuse, port: port2, shared: this.#shared.buffer as SharedArrayBuffer }; // made so above
    this.#worker = startThread();
    this.#worker.postMessage(data, [port2]);
    this.#watchdog = new Watchdog(this.#shared, fuse, (messages, refused) => {
      if (refused)
        this.#log.write(
          'warn',
          "a caller's memory does not answer (a mapping of a Fauxen file, or a page fault that nobody serves): what waited for it failed with EIO",
        );
      void this.#ask({ kind: 'requests', messages });
    });
    this.#guard = new HandlerGuard(this.#shared, settings.handlerTimeout, () => this.#worker.postMessage('cut off'));
    this.#memoryGuard = new MemoryGuard(this.#shared, () => this.#terminate(outOfMemory(MEMORY_MB)));
    const [serving, ended] = this.#listen(settings);
    this.serving = serving;
    this.ended = ended;
    serving.catch(() => {}); // whoever awaits it gets it; nobody has to
  }

  /** Ends the loop; the mount, if there still is one, is not served from then on. */
  async stop(): Promise<void> {
    if (this.#running) await this.#ask({ kind: 'stop' });
    await within(ANSWER_TIMEOUT_MS, this.ended);
    this.#watchdog.stop();
  }

  /**
   * Serves hypercalls that come through this seccomp listener, too; the hypervisor thread closes it. `device`: of the mount, as
   * linux/open-file.ts makes it.
   */
  async openDoor(listener: number, device: number): Promise<void> {
    this.#listener = listener;
    const { StuckDoor } = await import('./stuck-door.ts'); // now: what is needed in trouble is there by then
    this.#watchdog.door = new StuckDoor(listener);
    await this.#ask({ kind: 'door', listener, device });
  }

  /** The bytes of the console ring, oldest first; undefined if the hypervisor does not answer in time. */
  async dmesg(): Promise<Uint8Array | undefined> {
    const ring = this.#running ? await this.#ask({ kind: 'dmesg' }) : undefined;
    return ring ?? this.#lastRing;
  }

  /** A guest shuts itself down for a reason (SHUTDOWN_*). */
  async shutdownGuest(domain: number, reason: number): Promise<void> {
    if (this.#running) await this.#ask({ kind: 'shutdown', domain, reason });
  }

  /** Whether a guest can do anything now; undefined if there is no such guest. */
  async guestRuns(domain: number): Promise<boolean | undefined> {
    const value = this.#running ? await this.#ask({ kind: 'runs', domain }) : undefined;
    return value && value[0] === 1;
  }

  /** Why the last failing calls failed, once the hypervisor thread has ended. */
  explanations = '';

  /** False: the thread hangs, and a process with such a thread ends only by exitAtOnce(). */
  get running(): boolean {
    return this.#running;
  }

  #listen(settings: Settings): [Promise<void>, Promise<string | undefined>] {
    let served: () => void;
    let failed: (error: Error) => void;
    let finish: (error: string | undefined) => void;
    const serving = new Promise<void>((resolve, reject) => {
      served = resolve;
      failed = reject;
    });
    const ended = new Promise<string | undefined>((resolve) => {
      finish = resolve;
    });
    const end = (error: string | undefined) => {
      this.#running = false;
      this.#watchdog.stop();
      this.#guard.stop();
      this.#memoryGuard.stop();
      this.#files?.close();
      void this.#relay?.then((relay) => relay.end());
      for (const answer of this.#answers.values()) answer(undefined);
      this.#answers.clear();
      if (this.#listener !== undefined) closeListener(this.#listener);
      failed(new StartError(error ?? 'the hypervisor thread ended before it served anything', 1));
      finish(error);
      this.#port.close();
    };
    const receive = (report: Report) => {
      if (report.kind === 'serving') {
        this.#thread = report.thread;
        this.#watchdog.start(report.thread);
        this.#guard.start();
        if (settings.hypercalls.length > 0) {
          this.#memoryGuard.start();
          void this.#watchFiles(settings.hypercalls);
        }
        served();
      } else if (report.kind === 'failed') {
        failed(new StartError(report.message, report.status));
      } else if (report.kind === 'log') {
        this.#log.write(report.level, report.message, report.fields);
      } else if (report.kind === 'reply') {
        this.#answers.get(report.id)?.(report.value);
      } else if (report.kind === 'store') {
        void this.#askStore(report.request);
      } else if (report.kind === 'close') {
        close(report.descriptor, () => {}); // on a thread of libuv's pool
      } else if (report.kind === 'late') {
        void this.#release();
      } else {
        this.#lastRing = report.ring;
        this.explanations = report.explanations ?? '';
        end(report.error);
      }
    };
    this.#port.on('message', receive);
    // Node promises no order between the end of a thread and what it sent before: its last words, the ring, may still wait here.
    const receiveRest = () => {
      for (let got = receiveMessageOnPort(this.#port); got !== undefined; got = receiveMessageOnPort(this.#port)) {
        receive(got.message);
      }
    };
    this.#worker.on('error', (error) => {
      receiveRest();
      end(death(error));
    });
    this.#worker.on('exit', () => {
      receiveRest();
      end(this.#reason);
    });
    return [serving, ended];
  }

  async #watchFiles(files: readonly string[]): Promise<void> {
    const { FileWatch } = await import('./file-watch.ts');
    if (!this.#running) return;
    this.#files = new FileWatch(files, (file) => void this.#ask({ kind: 'reload', file }));
  }

  /** Until no thread is left that was late to a stop: it, or its parent, waits for that. */
  async #release(): Promise<void> {
    if (this.#releasing) return;
    this.#releasing = true;
    let left: Uint8Array | undefined;
    do {
      await new Promise((resolve) => setTimeout(resolve, RELEASE_INTERVAL_MS).unref());
      left = await this.#ask({ kind: 'release' });
    } while (this.#running && left?.[0] !== 0);
    this.#releasing = false;
  }

  async #askStore(request: StoreRequest): Promise<void> {
    this.#relay ??= import('./xenbus-relay.ts').then(({ XenbusRelay }) => {
      return new XenbusRelay({
        tell: (events) => void this.#ask({ kind: 'store', events }),
        note: (text) => this.#log.write('warn', text),
      });
    });
    (await this.#relay).serve(request); // in order: all wait for the same promise
  }

  #ask(command: Command): Promise<Uint8Array | undefined> {
    const question: Question = { ...command, id: this.#nextId++ };
    return new Promise((resolve) => {
      const finish = (value: Uint8Array | undefined) => {
        clearTimeout(timer);
        this.#answers.delete(question.id);
        resolve(value);
      };
      const timer = setTimeout(finish, ANSWER_TIMEOUT_MS, undefined);
      this.#answers.set(question.id, finish);
      this.#port.postMessage(question);
      Atomics.store(this.#shared, SHARED.pending, 1);
      this.#wake(() => this.#answers.has(question.id)).catch(() => {}); // no descriptor to import with: the next request wakes it
    });
  }

  /** Ends the thread wherever it is, in a handler or waiting for requests. */
  #terminate(reason: string): void {
    this.#reason = reason;
    void this.#worker.terminate();
    Atomics.store(this.#shared, SHARED.pending, 1);
    this.#wake(() => true).catch(() => {}); // as above
  }

  /** Signals interrupt the thread's read of /dev/fuse; repeated, since a signal just before the read is lost. */
  async #wake(isWanted: () => boolean): Promise<void> {
    const { tgkill } = await import('../../linux/signals.ts');
    while (this.#running && isWanted() && Atomics.load(this.#shared, SHARED.pending) !== 0) {
      if (this.#thread !== 0) tgkill(process.pid, this.#thread);
      await new Promise((resolve) => setTimeout(resolve, WAKE_INTERVAL_MS));
    }
  }
}

function outOfMemory(megabytes: number): string {
  return `the hypervisor ran out of memory (${megabytes} MB) and is gone: does a handler keep what it makes?`;
}

/** Why the hypervisor thread died, for the log. */
function death(error: Error): string {
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return outOfMemory(HEAP_MB);
  }
  return `the hypervisor thread died: ${error.stack ?? error.message}`;
}

/** Once nobody serves it: whoever waits there, or calls later, gets ENOSYS. The thread may have closed it, and another have its number. */
function closeListener(listener: number): void {
  try {
    if (readlinkSync(`/proc/self/fd/${listener}`) === 'anon_inode:seccomp notify') closeSync(listener);
  } catch {
    // it is closed
  }
}

async function within(milliseconds: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([promise, timeout]);
  clearTimeout(timer);
}
