// Builds the hypervisor and the tree of files that exposes it, then blocks on /dev/fuse until it is unmounted or the main thread stops it.
// Nothing asynchronous runs here while it serves.

import { constants } from 'node:os';
import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { onLate, releaseLate } from '../../caller/tracee.ts';
import type { PrivcmdState } from '../../drivers/privcmd/privcmd.ts';
import type { PrivcmdWatch } from '../../drivers/privcmd/privcmd-file.ts';
import type { StoreLink } from '../../drivers/xenbus/store-link.ts';
import type { FuseIo } from '../../fuse/io.ts';
import { serve } from '../../fuse/loop.ts';
import { Session } from '../../fuse/session.ts';
import { speak } from '../../language/speak.ts';
import { openName } from '../../linux/open-file.ts';
import { showExaminationsIn } from '../../linux/process/examine.ts';
import type { Listener } from '../../linux/seccomp.ts';
import { installWakeSignal } from '../../linux/signals.ts';
import { gettid } from '../../linux/thread.ts';
import { keepCode } from '../../package/keep-code.ts';
import { shows } from '../log/log.ts';
import { type Answer, type Command, type Control, NO_MOUNT, type Numbered, type Report } from '../protocol/messages.ts';
import type { LogLevel } from '../protocol/settings.ts';
import { WORD } from '../protocol/shared-words.ts';
import { HeldFiles } from '../transport/held-files.ts';
import { Later } from '../transport/later.ts';
import { OpenInodes } from '../transport/open-inodes.ts';
import { CoarseClock, SeccompCalls } from '../transport/seccomp-calls.ts';
import { Spin } from '../transport/spin.ts';
import { WaitingIo } from '../transport/waiting-io.ts';
import { firstMessage } from './first-message.ts';
import { HypervisorService } from './hypervisor-service.ts';
import { hasPrinted, noteOutput } from './noted-output.ts';
import { RunningCode } from './running-code.ts';

/** Thrown through the loop to end it. */
class Stop extends Error {}

const { settings, fuse, port, words } = firstMessage();
showExaminationsIn(words.subarray(WORD.examining, WORD.awaitingStop + 1));
const code = new RunningCode(words);
const later = new Later();
const pause = new Int32Array(new SharedArrayBuffer(4));

function report(message: Report): void {
  port.postMessage(message);
}

function log(level: LogLevel, message: string, fields?: Record<string, unknown>): void {
  if (shows(settings.logLevel, level)) report({ kind: 'log', level, message, ...(fields !== undefined && { fields }) });
}

const clock = new CoarseClock();
/** The open files of privcmd, for the seccomp listener. */
const inodes = new OpenInodes<PrivcmdState>();
const watch: PrivcmdWatch = {
  opened: (inode, file) => inodes.opened(inode, file),
  released: (inode, file) => inodes.released(inode, file),
};

/** The main thread handles sockets, since this thread must wait only for its callers. */
const store: StoreLink = {
  open(connection, tid) {
    const root = openName(`/proc/${tid}/root`); // now, while the caller waits: later its id may belong to another process
    report({ kind: 'store', request: { call: 'open', connection, root } });
  },
  send: (connection, message) => report({ kind: 'store', request: { call: 'send', connection, message } }),
  close: (connection) => report({ kind: 'store', request: { call: 'close', connection } }),
};

function serveListener(listener: number, device: number, service: HypervisorService, io: WaitingIo): void {
  const answer = (file: PrivcmdState, tid: number, command: number, argument: number, call: Listener) => {
    try {
      return service.shortIoctl(file, tid, command, argument, call);
    } catch (error) {
      log('error', `a hypercall: ${describe(error)}`);
      return -constants.errno.EIO;
    }
  };
  const closeElsewhere = (descriptor: number) => report({ kind: 'close', descriptor });
  const files = new HeldFiles<PrivcmdState>({ inodes, device, now: clock.now, closeElsewhere });
  const note = (text: string) => log('warn', text);
  io.serve(new SeccompCalls({ listener, fuse, files, clock, answer, note, onStray: service.noteStray }));
}

/** How requests reach this thread: through a mount, or without one. */
interface Transport {
  /** Serves until it throws or the mount is gone. */
  begin(): void;
  /** Resumes serving after the user's code was cut off. */
  goOn(): void;
}

/** What the main thread's commands need from it. */
interface CommandedTransport {
  /** Starts serving a seccomp listener. `device`: the mount's device number, if there is a mount. */
  listen(listener: number, device: number): void;
  /** Serves FUSE requests that the watchdog took. */
  handle(messages: readonly Uint8Array[]): void;
}

/** The answer to a command. */
function obey(command: Command, service: HypervisorService, transport: CommandedTransport): Answer {
  switch (command.kind) {
    case 'stop':
      throw new Stop();
    case 'reload':
      service.reload(command.file);
      return undefined;
    case 'dmesg':
      return service.dmesg();
    case 'guest':
      service.orderGuest(command.domain, command.order);
      return undefined;
    case 'rings':
      return service.shareRings(command.domain, command.count);
    case 'interfaces':
      service.showInterfaces(command.interfaces);
      return undefined;
    case 'release':
      return releaseLate() > 0;
    case 'runs':
      return service.guestRuns(command.domain);
    case 'store':
      for (const event of command.events) service.fromStore(event);
      return undefined;
    case 'listener':
      transport.listen(command.listener, command.device);
      return undefined;
    case 'requests':
      transport.handle(command.messages);
      return undefined;
    default:
      return command satisfies never;
  }
}

/** Answers a command. A failed command does not end the hypervisor. */
function answer({ id, ...command }: Numbered, service: HypervisorService, transport: CommandedTransport): void {
  let value: Answer;
  try {
    value = obey(command, service, transport);
  } catch (error) {
    if (error instanceof Stop) throw error;
    log('error', `${command.kind}: ${describe(error)}`);
  } finally {
    report({ kind: 'answer', id, value });
  }
}

/** Answers the commands that the main thread has sent. */
function answerAll(service: HypervisorService, transport: CommandedTransport): void {
  Atomics.store(words, WORD.pending, 0);
  for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
    answer(got.message, service, transport);
  }
}

/** Starts serving through FUSE, and a seccomp listener beside it. */
function throughMount(service: HypervisorService): Transport {
  const io = new WaitingIo(fuse, new Spin(settings.spin), words, later);
  const session = new Session({
    root: service.root,
    io,
    onError: (error, operation) => log('error', `FUSE ${operation}: ${error instanceof Error ? error.stack : error}`),
  });
  service.attach(session);
  const transport: CommandedTransport = {
    listen: (listener, device) => serveListener(listener, device, service, io),
    handle(messages) {
      for (const message of messages) {
        session.buffer.set(message);
        session.handle(message.length);
      }
    },
  };
  const onInterrupt = () => answerAll(service, transport);
  return {
    begin() {
      report({ kind: 'serving' });
      serveFirst(session, io, onInterrupt);
      serve({ session, io, onInterrupt });
    },
    goOn() {
      session.abort(-constants.errno.ETIMEDOUT);
      io.abort(-constants.errno.ETIMEDOUT);
      serve({ session, io, onInterrupt });
    },
  };
}

/** Starts serving the calls of a program that runs without a mount. The code is loaded only in this case. */
async function withoutMount(service: HypervisorService): Promise<Transport> {
  const { serveCalls } = await import('./serve-calls.ts');
  const onError = (error: unknown) => log('error', `a call: ${describe(error)}`);
  const server = serveCalls(service, { later, words, note: (text) => log('warn', text), onError });
  const transport: CommandedTransport = { listen: (listener) => server.listen(listener), handle: () => {} };
  const onInterrupt = () => answerAll(service, transport);
  return {
    begin() {
      report({ kind: 'serving' });
      server.serve(onInterrupt);
    },
    goOn() {
      server.abort(-constants.errno.ETIMEDOUT);
      server.serve(onInterrupt);
    },
  };
}

/** Serves until the loop ends, and reports the end. */
function untilTheEnd(service: HypervisorService, work: () => void): void {
  let error: string | undefined;
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof Stop)) error = describe(thrown);
  }
  keepCode(); // now: the process may end as soon as the end is reported
  try {
    report({
      kind: 'ended',
      ring: service.dmesg(),
      explanations: service.explanations(),
      failures: service.failures(),
      printed: hasPrinted(),
      ...(error && { error }),
    });
  } catch (thrown) {
    report({ kind: 'ended', error: error ?? describe(thrown) });
  }
  close();
}

function close(): void {
  port.close();
  parentPort?.close();
}

/** Waits until /dev/fuse is mounted: before that, reads fail with EPERM. */
function serveFirst(session: Session, io: FuseIo, onInterrupt: () => void): void {
  for (;;) {
    const length = io.read(session.buffer);
    if (length > 0) {
      session.handle(length);
      return;
    }
    if (length !== -constants.errno.EPERM && length !== -constants.errno.EINTR) return; // serve() handles it
    if (Atomics.load(words, WORD.pending) !== 0) onInterrupt();
    Atomics.wait(pause, 0, 0, 1);
  }
}

export async function serveCallers(): Promise<void> {
  let service: HypervisorService;
  try {
    await speak();
    installWakeSignal();
    report({ kind: 'starting', thread: gettid() });
    contain();
    onLate(() => report({ kind: 'late' }));
    const loading = (file: string) => report({ kind: 'loading', file });
    service = await HypervisorService.start(settings, { log, code, loading, watch, store, later });
  } catch (error) {
    const isUsersMistake = error instanceof Error && 'exitStatus' in error;
    const message = isUsersMistake ? error.message : `cannot start the hypervisor: ${describe(error)}`;
    report({ kind: 'failed', message, status: isUsersMistake ? Number(error.exitStatus) : 1 });
    report({ kind: 'ended', error: message });
    close();
    return;
  }
  const transport = fuse === NO_MOUNT ? await withoutMount(service) : throughMount(service);
  parentPort?.on('message', (control: Control) => {
    if (control.kind !== 'resume') return;
    untilTheEnd(service, () => {
      service.cutOff(code.takeCutOff());
      Atomics.store(words, WORD.pending, 1); // the port may be only partly read
      transport.goOn();
    });
  });
  untilTheEnd(service, transport.begin);
}

/** Keeps the user's code, which runs on this thread, from ending it. */
function contain(): void {
  noteOutput();
  process.exit = (status) => {
    throw new Error(`process.exit(${status ?? ''}) would end the hypervisor, and is refused`);
  };
  // A handler's unfinished timers and promises run only while the thread is in its event loop.
  process.on('uncaughtException', (error) =>
    log('error', `code that a hypercall left behind threw: ${describe(error)}`),
  );
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
