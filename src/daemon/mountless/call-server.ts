import type { CallerMemory, UnheldCall } from '../../caller/memory.ts';
import type { Ptracer } from '../../caller/ptracer.ts';
import { DEFERRED, type DirectoryNode } from '../../fuse/node.ts';
import { Alarm } from '../../linux/alarm.ts';
import { IOCTL, PATH_CALLS } from '../../linux/arch/x86-64/path-calls.ts';
import { errno } from '../../linux/errno.ts';
import { close, POLL, PollSet } from '../../linux/io.ts';
import { CallListener, type ReceivedCall } from '../../linux/notified-calls/call-listener.ts';
import { layDownPtraceRight, withPtraceRight } from '../../linux/process/ptrace-right.ts';
import { WORD } from '../protocol/shared-words.ts';
import type { Later } from '../transport/later.ts';
import { CallRequest, noCaller } from './call-request.ts';
import { FileCalls } from './file-calls.ts';
import { HandedFiles } from './handed-files.ts';
import { Names } from './names.ts';
import { StandIns } from './stand-ins.ts';
import type { Stream } from './stream.ts';

/** Longest wait in a receive. If the caller is killed between poll and receive, the receive waits for the next call. */
const RECEIVE_MS = 2;

export interface CallServerOptions {
  /** The view of the domain. */
  root: DirectoryNode;
  memory: CallerMemory;
  ptracer: Ptracer;
  later: Later;
  /** protocol/shared-words.ts. */
  words: Int32Array;
  /** Shows the drivers which call they serve: copies from and to its caller are valid only while it waits. */
  serving(call: UnheldCall | undefined): void;
  note(text: string): void;
  onError(error: unknown): void;
}

/**
 * The transport of a run without a mount: serves a program whose system calls with file names, and whose Xen ioctls, are seccomp
 * notifications.
 */
export class CallServer {
  readonly #options: CallServerOptions;
  readonly #files = new HandedFiles(noCaller);
  readonly #standIns: StandIns;
  readonly #fileCalls: FileCalls;
  readonly #alarm = new Alarm();
  #listener: CallListener | undefined;
  #current: ReceivedCall | undefined;
  #saidForbidden = false;
  #set = new PollSet(1);
  #streams: Stream[] = [];

  /** Must be constructed on the serving thread, which gets the alarm's signal. */
  constructor(options: CallServerOptions) {
    this.#options = options;
    const { root, memory, ptracer, note } = options;
    const standIns: StandIns = new StandIns((directory) => names.list(directory, noCaller));
    const names = new Names(root, noCaller, (path) => standIns.standsFor(path));
    this.#standIns = standIns;
    this.#fileCalls = new FileCalls({ names, files: this.#files, standIns, memory, ptracer, note });
  }

  /** Starts serving this listener, and closes it when no filtered process is left. */
  listen(listener: number): void {
    // Callers are not held: a write must not reach another user's process that has reused the id of a killed caller.
    layDownPtraceRight();
    this.#listener = new CallListener(listener);
    this.#files.changed = true;
  }

  /** Blocks, and calls `onInterrupt` when the main thread has sent a message. When that throws, this releases everything and returns. */
  serve(onInterrupt: () => void): void {
    const { words, later } = this.#options;
    try {
      for (;;) {
        if (words[WORD.pending] !== 0) onInterrupt();
        if (!later.isEmpty) later.runOne();
        later.begin();
        this.#step(later.isEmpty && words[WORD.pending] === 0 ? -1 : 0);
      }
    } finally {
      this.#close();
    }
  }

  /** Wakes programs that wait for a device: see OpenFile.poll. */
  notifyPoll(handle: bigint): void {
    this.#files.notify(handle);
  }

  /** Called after `serve` was cut off during a call: answers it. */
  abort(result: number): void {
    this.#current?.answer(result);
    this.#current = undefined;
    this.#options.serving(undefined);
    this.#options.later.abort(result);
  }

  #close(): void {
    this.#files.close();
    this.#standIns.remove();
    this.#closeListener();
  }

  /** Waits for a call or for data that a program writes to a device, and serves it. */
  #step(timeout: number): void {
    if (this.#files.changed) this.#gather();
    if (this.#set.wait(timeout) <= 0) return;
    for (const [index, stream] of this.#streams.entries()) {
      const ready = this.#set.ready(index + 1);
      if ((ready & POLL.OUT) !== 0) this.#pump(stream);
      if ((ready & ~POLL.OUT) !== 0) this.#safely(() => this.#files.drain());
    }
    const called = this.#set.ready(0);
    if ((called & POLL.IN) !== 0) this.#receive();
    else if ((called & (POLL.HUP | POLL.ERR | POLL.NVAL)) !== 0) this.#closeListener();
  }

  /** The descriptors to wait for. Entry 0 is the listener's; poll ignores a negative descriptor. */
  #gather(): void {
    this.#streams = this.#files.streams;
    this.#set = new PollSet(1 + this.#streams.length);
    this.#set.add(this.#listener?.fd ?? -1);
    for (const stream of this.#streams) this.#set.add(stream.fd, stream.events);
    this.#files.changed = false;
  }

  #pump(stream: Stream): void {
    this.#safely(() => stream.pump());
    this.#files.changed = true;
  }

  #receive(): void {
    if (this.#listener === undefined) return;
    this.#alarm.arm(RECEIVE_MS);
    const call = this.#listener.receive();
    this.#alarm.disarm();
    if (typeof call === 'number') return;
    this.#current = call;
    this.#options.memory.attach(call.tid, call);
    this.#options.serving(call);
    try {
      this.#answer(call);
    } catch (error) {
      this.#options.onError(error);
      call.answer(-errno.EIO);
    }
    if (this.#options.memory.forbidden) this.#noteForbidden();
    this.#options.serving(undefined);
    this.#current = undefined;
  }

  /** Logged once, since the program may make many such calls. */
  #noteForbidden(): void {
    if (this.#saidForbidden) return;
    this.#saidForbidden = true;
    const why = 'it has another user or more rights than Fauxen, may not be read, or ptrace is forbidden (Yama)';
    this.#options.note(`a program cannot be served, for its memory cannot be read: EPERM. ${why}`);
  }

  #answer(call: ReceivedCall): void {
    const kind = call.compat ? 'compat' : 'wide';
    if (call.number === IOCTL[kind]) {
      this.#ioctl(call);
      return;
    }
    const what = PATH_CALLS[kind].get(call.number);
    if (what === undefined) call.letPass();
    else this.#fileCalls.serve(new CallRequest(call), what);
  }

  #ioctl(call: ReceivedCall): void {
    const handed = withPtraceRight(() => this.#files.find(call.tid, call.int(0)));
    if (handed?.file.ioctl === undefined) {
      call.letPass();
      return;
    }
    this.#files.drain(); // ports that the program has unmasked before
    const argument = call.compat ? call.int(2) >>> 0 : call.arguments[2]!;
    const result = handed.file.ioctl(new CallRequest(call), call.int(1) >>> 0, argument);
    if (result !== DEFERRED) call.answer(result);
  }

  #safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #closeListener(): void {
    if (this.#listener === undefined) return;
    close(this.#listener.fd);
    this.#listener = undefined;
    this.#files.changed = true;
  }
}
