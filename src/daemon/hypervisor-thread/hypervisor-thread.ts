// The hypervisor thread: builds the hypervisor and the tree that shows it, then blocks on /dev/fuse until it is unmounted or
// told to stop. Nothing asynchronous runs here once it serves.

import { once } from 'node:events';
import { constants } from 'node:os';
import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import type { LooseCall } from '../../caller/memory.ts';
import { onLate, releaseLate } from '../../caller/tracee.ts';
import type { PrivcmdState } from '../../drivers/privcmd/privcmd.ts';
import type { PrivcmdWatch } from '../../drivers/privcmd/privcmd-file.ts';
import type { StoreLink } from '../../drivers/xenbus/store-link.ts';
import type { FuseIo } from '../../fuse/io.ts';
import { serve } from '../../fuse/loop.ts';
import { Session } from '../../fuse/session.ts';
import { openName } from '../../linux/open-file.ts';
import { installWakeSignal } from '../../linux/signals.ts';
import { gettid } from '../../linux/thread.ts';
import { shareHandlerClock } from '../../user-hypercalls/handler-clock.ts';
import { shows } from '../log/log.ts';
import { type Question, type Report, SHARED, type ThreadData } from '../protocol/messages.ts';
import type { LogLevel } from '../protocol/settings.ts';
import { HeldFiles } from '../transport/held-files.ts';
import { OpenInodes } from '../transport/open-inodes.ts';
import { CoarseClock, SeccompDoor } from '../transport/seccomp-door.ts';
import { Spin } from '../transport/spin.ts';
import { WaitingIo } from '../transport/waiting-io.ts';
import { buildWorld, type World } from './world.ts';

/** Thrown through the loop to end it. */
class Stop extends Error {}

if (parentPort === null)
  throw new Error('this file is the hypervisor thread, for src/daemon/main-thread/start-thread.ts to start');
const [data] = await once(parentPort, 'message');
const { settings, fuse, port, shared } = data as ThreadData; // the main thread's Daemon made it
const words = new Int32Array(shared);
const copying = words.subarray(SHARED.copying, SHARED.copying + 1);
shareHandlerClock(words.subarray(SHARED.handling, SHARED.handling + 1));
const pause = new Int32Array(new SharedArrayBuffer(4));

function report(message: Report): void {
  port.postMessage(message);
}

function log(level: LogLevel, message: string, fields?: Record<string, unknown>): void {
  if (shows(settings.logLevel, level)) report({ kind: 'log', level, message, ...(fields !== undefined && { fields }) });
}

const clock = new CoarseClock();
/** The open files of privcmd, for the other door. */
const inodes = new OpenInodes<PrivcmdState>();
const watch: PrivcmdWatch = {
  opened: (inode, file) => inodes.opened(inode, file),
  released: (inode, file) => inodes.released(inode, file),
};

/** Sockets are the main thread's business: this one never waits for anything but its callers. */
const store: StoreLink = {
  open(connection, tid) {
    const root = openName(`/proc/${tid}/root`); // now, while the caller waits: its id may soon be another's
    report({ kind: 'store', request: { call: 'open', connection, root } });
  },
  send: (connection, message) => report({ kind: 'store', request: { call: 'send', connection, message } }),
  close: (connection) => report({ kind: 'store', request: { call: 'close', connection } }),
};

function openDoor(listener: number, device: number, world: World, io: WaitingIo): void {
  const { hypercall } = world;
  const answer = (file: PrivcmdState, tid: number, argument: number, call: LooseCall) => {
    try {
      return hypercall(file, tid, argument, call);
    } catch (error) {
      log('error', `a hypercall: ${describe(error)}`);
      return -constants.errno.EIO;
    }
  };
  const closeElsewhere = (descriptor: number) => report({ kind: 'close', descriptor });
  const files = new HeldFiles<PrivcmdState>({ inodes, device, now: clock.now, closeElsewhere });
  io.open(new SeccompDoor({ listener, fuse, files, clock, looking: copying, answer }));
}

function answer(question: Question, world: World, session: Session, io: WaitingIo): void {
  if (question.kind === 'stop') {
    report({ kind: 'reply', id: question.id });
    throw new Stop();
  }
  if (question.kind === 'reload') {
    world.reload(question.file);
    report({ kind: 'reply', id: question.id });
    return;
  }
  if (question.kind === 'dmesg') {
    report({ kind: 'reply', id: question.id, value: world.dmesg() });
    return;
  }
  if (question.kind === 'shutdown') {
    world.shutdownGuest(question.domain, question.reason);
    report({ kind: 'reply', id: question.id });
    return;
  }
  if (question.kind === 'release') {
    report({ kind: 'reply', id: question.id, value: Uint8Array.of(releaseLate() > 0 ? 1 : 0) });
    return;
  }
  if (question.kind === 'runs') {
    const runs = world.guestRuns(question.domain);
    report({ kind: 'reply', id: question.id, ...(runs !== undefined && { value: Uint8Array.of(Number(runs)) }) });
    return;
  }
  if (question.kind === 'store') {
    report({ kind: 'reply', id: question.id });
    for (const event of question.events) world.fromStore(event);
    return;
  }
  if (question.kind === 'door') {
    openDoor(question.listener, question.device, world, io);
    report({ kind: 'reply', id: question.id });
    return;
  }
  for (const message of question.messages) {
    session.buffer.set(message);
    session.handle(message.length);
  }
  report({ kind: 'reply', id: question.id });
}

/** Starts to serve. What it returns serves on, after the thread was cut off in a handler (HandlerGuard) and called back. */
function prepare(world: World): { begin: () => void; goOn: () => void } {
  const io = new WaitingIo(fuse, new Spin(settings.spin));
  const session = new Session({
    root: world.root,
    io,
    onError: (error, operation) => log('error', `FUSE ${operation}: ${error instanceof Error ? error.stack : error}`),
  });
  world.attach(session);
  const onInterrupt = () => {
    Atomics.store(words, SHARED.pending, 0);
    for (let got = receiveMessageOnPort(port); got !== undefined; got = receiveMessageOnPort(port)) {
      answer(got.message, world, session, io);
    }
  };
  return {
    begin() {
      report({ kind: 'serving', thread: gettid() });
      serveFirst(session, io, onInterrupt);
      serve({ session, io, onInterrupt });
    },
    goOn() {
      world.cutOff();
      session.abort(-constants.errno.ETIMEDOUT);
      io.abort(-constants.errno.ETIMEDOUT);
      serve({ session, io, onInterrupt });
    },
  };
}

/** Serves until the end, and reports that. */
function untilTheEnd(world: World, work: () => void): void {
  let error: string | undefined;
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof Stop)) error = describe(thrown);
  }
  const last = { ring: world.dmesg(), explanations: world.explanations() };
  report({ kind: 'ended', ...last, ...(error !== undefined && { error }) });
  close();
}

function close(): void {
  port.close();
  parentPort?.close();
}

/** Until it is mounted, /dev/fuse answers EPERM. */
function serveFirst(session: Session, io: FuseIo, onInterrupt: () => void): void {
  for (;;) {
    const length = io.read(session.buffer);
    if (length > 0) {
      session.handle(length);
      return;
    }
    if (length !== -constants.errno.EPERM && length !== -constants.errno.EINTR) return; // serve() knows what to do
    if (Atomics.load(words, SHARED.pending) !== 0) onInterrupt();
    Atomics.wait(pause, 0, 0, 1);
  }
}

async function main(): Promise<void> {
  let world: World;
  try {
    installWakeSignal();
    onLate(() => report({ kind: 'late' }));
    world = await buildWorld(settings, { log, copying, watch, store });
  } catch (error) {
    const isUsersMistake = error instanceof Error && 'exitStatus' in error;
    const message = isUsersMistake ? error.message : `cannot start the hypervisor: ${describe(error)}`;
    report({ kind: 'failed', message, status: isUsersMistake ? Number(error.exitStatus) : 1 });
    report({ kind: 'ended', error: message });
    close();
    return;
  }
  const { begin, goOn } = prepare(world);
  parentPort?.on('message', () => untilTheEnd(world, goOn)); // the only one there is: cut off
  untilTheEnd(world, begin);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

await main();
