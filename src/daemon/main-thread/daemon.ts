import { close, closeSync } from 'node:fs';
import { MessageChannel, type Worker } from 'node:worker_threads';
import type { FailureNote } from '../../explain/summary.ts';
import type { DeviceRings } from '../../guests/device-ring.ts';
import { say } from '../../language/say.ts';
import { threadEntry } from '../../package/place.ts';
import type { GuestOrder } from '../protocol/guest-order.ts';
import { NO_MOUNT, type Report } from '../protocol/messages.ts';
import { listenersIn, newWords, WORD } from '../protocol/shared-words.ts';
import type { NetworkInterface } from '../protocol/traffic.ts';
import { causeOfDeath, outOfMemory } from './cause-of-death.ts';
import { closeListener } from './close-listener.ts';
import type { DaemonOptions } from './daemon-options.ts';
import type { FileWatch } from './file-watch.ts';
import { LateThreads } from './late-threads.ts';
import { MEMORY_MB, MemoryGuard } from './memory-guard.ts';
import { OwnTime, type OwnTimeOptions } from './own-time.ts';
import { StartError } from './start-error.ts';
import { startThread } from './start-thread.ts';
import { StoreRequests } from './store-requests.ts';
import { ThreadLink } from './thread-link.ts';
import { TimeLimit } from './time-limit.ts';
import { STUCK, Watchdog } from './watchdog.ts';
import { within } from './within.ts';

/** How long the thread may take to end after its loop is over, or after it was terminated from here. */
const END_TIMEOUT_MS = 2_000;

/** A thread that has not ended this long after we terminated it hangs in native code, and is abandoned. */
const TERMINATE_TIMEOUT_MS = 500;

type InTrouble = typeof import('./in-trouble.ts');

/** The main thread's side of the hypervisor thread. */
export class Daemon {
  /** The tree is being served. Rejects with StartError. */
  readonly serving: Promise<void>;
  /** The hypervisor has ended: unmounted, stopped or dead. Resolves to the error, if there was one. */
  readonly ended: Promise<string | undefined>;
  died = false;
  /** Why the last failing calls failed, as text and for the end of a run; set once `ended`. */
  explanations = '';
  failures: readonly FailureNote[] = [];
  /** Whether text that the user's code printed may be on its way. */
  #mayPrint = true;
  readonly #options: DaemonOptions;
  readonly #worker: Worker;
  readonly #words = newWords();
  readonly #link: ThreadLink;
  readonly #watchdog: Watchdog;
  readonly #timeLimit: TimeLimit;
  readonly #memoryGuard: MemoryGuard;
  /** Loaded at the start: later there may be no free descriptor to load it. */
  readonly #loading = import('./in-trouble.ts');
  #inTrouble: InTrouble | undefined;
  #thread = 0;
  #state: 'starting' | 'serving' | 'ended' = 'starting';
  #threadRuns = true;
  /** Why the thread was terminated from here, if it was. */
  #terminated = false;
  #reason: string | undefined;
  /** The hypercall file that is being loaded. */
  #file = '';
  #files: FileWatch | undefined;
  /** The console ring when the thread ended. */
  #lastRing: Uint8Array | undefined;
  readonly #store = new StoreRequests({
    tell: (event) => this.#link.ask({ kind: 'store', event }),
    note: (text) => this.#warn(text),
  });
  readonly #late = new LateThreads(() => this.#link.ask({ kind: 'release' }));
  #served = () => {};
  #failed: (error: Error) => void = () => {};
  #finish: (error: string | undefined) => void = () => {};

  constructor(options: DaemonOptions) {
    const { settings, fuse } = options;
    this.#options = options;
    this.serving = new Promise((resolve, reject) => {
      this.#served = resolve;
      this.#failed = reject;
    });
    this.serving.catch(() => {}); // not every user of this class waits for it
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
    const { port1, port2 } = new MessageChannel();
    const words = this.#words;
    this.#worker = startThread(threadEntry);
    this.#link = new ThreadLink({
      worker: this.#worker,
      port: port1,
      words,
      receive: (report) => this.#receive(report),
      gone: (error, code) => this.#gone(error, code),
    });
    this.#link.control({ kind: 'start', settings, fuse, port: port2, words }, [port2]);
    this.#watchdog = new Watchdog(words, fuse, (messages, refused) => {
      if (refused) this.#warn(STUCK);
      void this.#link.ask({ kind: 'requests', messages });
    });
    this.#timeLimit = new TimeLimit({
      words,
      handler: settings.handlerTimeout,
      ownTime: () => new OwnTime(this.#threadTime()),
      overdue: (kind) => void this.#cutOff(kind),
    });
    this.#memoryGuard = new MemoryGuard(words, () => this.end(outOfMemory(MEMORY_MB)));
    this.#loading.then(
      (loaded) => this.#ready(loaded),
      (error) => this.end(`cannot load what Fauxen needs: ${error}`),
    );
  }

  /** Ends the loop; the mount is no longer served after that. */
  async stop(): Promise<void> {
    if (this.#state === 'serving') await this.#link.ask({ kind: 'stop' });
    else if (this.#state === 'starting') this.end(undefined);
    await within(END_TIMEOUT_MS, this.ended);
    this.#watchdog.stop();
  }

  /** Ends the hypervisor in any state: in a handler, waiting for requests, or still starting. `reason`: what went wrong. */
  end(reason: string | undefined): void {
    if (this.#state === 'ended' || this.#terminated) return;
    this.#terminated = true;
    this.#reason = reason;
    void this.#worker.terminate();
    this.#link.wake(); // a thread that is blocked in a system call ends only after a wake-up
    setTimeout(() => this.#end(reason), TERMINATE_TIMEOUT_MS);
  }

  /** Also serves this seccomp listener, or else those of processes that make many calls. `device`: as in linux/open-file.ts. */
  async useSeccomp({ listener, device }: { listener?: number; device: number }): Promise<void> {
    if (listener !== undefined) this.#words[WORD.listeners] = listener;
    await this.#link.ask({ kind: 'seccomp', ...(listener !== undefined && { listener }), device });
  }

  /** Called when the program is to end: from then on every handler has a time limit. */
  hurry = (): void => this.#timeLimit.hurry();

  /** The bytes of the console ring, oldest first; undefined if the hypervisor does not answer in time. */
  async dmesg(): Promise<Uint8Array | undefined> {
    return (await this.#link.ask({ kind: 'dmesg' })) ?? this.#lastRing;
  }

  async orderGuest(domain: number, order: GuestOrder): Promise<void> {
    await this.#link.ask({ kind: 'guest', domain, order });
  }

  /** Allocates pages and a port that a guest shares with dom0. Undefined if there is no such guest or no room. */
  async shareRings(domain: number, count: number): Promise<DeviceRings | undefined> {
    return this.#link.ask({ kind: 'rings', domain, count });
  }

  /** Whether a guest runs now: not paused or shut down. Undefined: no such guest. */
  async guestRuns(domain: number): Promise<boolean | undefined> {
    return this.#link.ask({ kind: 'runs', domain });
  }

  /** Shows these network interfaces to dom0's programs, in addition to the machine's own. */
  async showInterfaces(interfaces: readonly NetworkInterface[]): Promise<void> {
    await this.#link.ask({ kind: 'interfaces', interfaces });
  }

  /** Whether exitAtOnce() is the way to end: the thread hangs, or nothing is left to print or write. */
  get mayExit(): boolean {
    return this.#threadRuns || !(this.#mayPrint || 'NODE_V8_COVERAGE' in process.env);
  }

  /** Closes /dev/fuse, so that waiting callers get ENOTCONN, even if a hung thread may still use the descriptor number. */
  closeFuse(): void {
    const { fuse } = this.#options;
    if (fuse === NO_MOUNT) return;
    if (this.#threadRuns && this.#inTrouble !== undefined) this.#inTrouble.closeInUse(fuse);
    else closeSync(fuse);
  }

  /** Ends this process even if a thread hangs: process.exit() would wait for that thread. */
  exitAtOnce(status: number): void {
    if (this.#inTrouble === undefined) process.kill(process.pid, 'SIGKILL');
    this.#inTrouble?.endProcess(status);
  }

  #ready(loaded: InTrouble): void {
    this.#inTrouble = loaded;
    this.#watchdog.inTrouble = loaded;
    this.#link.interrupt = () => {
      if (this.#thread !== 0) loaded.tgkill(process.pid, this.#thread);
    };
  }

  #receive(report: Report): void {
    switch (report.kind) {
      case 'starting':
        this.#thread = report.thread;
        if (this.#options.settings.hypercalls.length > 0) this.#memoryGuard.start();
        return;
      case 'loading':
        this.#file = report.file;
        return;
      case 'serving':
        void this.#loading.then(() => this.#serves()).catch(() => {}); // end() was called
        return;
      case 'failed':
        this.#failed(new StartError(report.message, report.status));
        return;
      case 'log':
        this.#options.log.write(report.level, report.message, report.fields);
        return;
      case 'store':
        this.#store.serve(report.request);
        return;
      case 'close':
        close(report.descriptor, () => {}); // on a thread of libuv's pool
        return;
      case 'schedule':
        void import('./guest-clock.ts').then(({ runClock }) => runClock(report.schedule, this));
        return;
      case 'late':
        void this.#late.release();
        return;
      case 'ended':
        this.#lastRing = report.ring;
        this.explanations = report.explanations ?? '';
        this.failures = report.failures ?? [];
        this.#mayPrint = report.printed !== false;
        this.#threadRuns = false; // or will end soon
        this.#end(report.error);
        return;
      case 'answer':
        return; // ThreadLink handles it
      default:
        report satisfies never;
    }
  }

  #serves(): void {
    if (this.#state !== 'starting') return;
    this.#state = 'serving';
    this.#watchdog.start(this.#thread);
    const { hypercalls } = this.#options.settings;
    if (hypercalls.length > 0 && this.#inTrouble !== undefined) {
      this.#files = new this.#inTrouble.FileWatch(hypercalls, (file) => void this.#link.ask({ kind: 'reload', file }));
    }
    this.#inTrouble?.giveBackMemorySoon();
    this.#served();
  }

  /** The user's code exceeded its time limit. Before the hypervisor serves, that ends the hypervisor. */
  async #cutOff(kind: 'handler' | 'loading'): Promise<void> {
    if (this.#state === 'starting') {
      this.end(say('{file}: its top-level code takes too long: it must only define hypercalls', { file: this.#file }));
      return;
    }
    const isCutOff = await this.#inTrouble?.cutOff({
      worker: this.#worker.threadId,
      time: this.#threadTime(),
      words: this.#words,
      resume: () => this.#link.control({ kind: 'resume' }),
    });
    if (isCutOff) return;
    const what = kind === 'handler' ? 'a handler' : say('the top-level code of a hypercall file');
    this.end(say('{what} takes too long and cannot be cut off: the hypervisor has ended', { what }));
  }

  readonly #threadTime = (): OwnTimeOptions => ({
    thread: this.#thread,
    cpuTime: () => this.#inTrouble?.cpuTimeOf(this.#thread),
    isExcused: () => Atomics.load(this.#words, WORD.examining) % 2 !== 0,
  });

  #gone(error: Error | undefined, exitCode: number): void {
    this.#threadRuns = false;
    this.#end(this.#terminated ? this.#reason : causeOfDeath(error, exitCode));
  }

  /** The hypervisor has ended, though its thread may still hang. Only the first reason is kept. */
  #end(error: string | undefined): void {
    if (this.#state === 'ended') return;
    const status = this.#state === 'starting' && error === undefined ? 130 : 1;
    this.#state = 'ended';
    this.died = error !== undefined;
    this.#watchdog.stop();
    this.#timeLimit.stop();
    this.#memoryGuard.stop();
    this.#files?.close();
    this.#store.end();
    for (const listener of listenersIn(this.#words)) closeListener(listener);
    this.#failed(new StartError(error ?? say('the hypervisor was ended before it served anything'), status));
    this.#finish(error);
    this.#link.close();
  }

  #warn(text: string): void {
    this.#options.log.write('warn', text);
  }
}
