import { WORD } from '../protocol/shared-words.ts';
import type { OwnTimeOptions } from './own-time.ts';
import { Patience } from './patience.ts';

/** How long the thread may take to leave the user's code, and then to resume. */
const LIMIT_MS = 2_000;

/** How often to look whether to give up. */
const LOOK_MS = 50;

interface Attached {
  params: { sessionId: string; workerInfo: { workerId: string } };
}

export interface CutOffOptions {
  /** Node's id of the hypervisor thread. */
  worker: number;
  /** How to measure the thread's time. */
  time: OwnTimeOptions;
  words: Int32Array;
  /** Makes the thread resume from its event loop. */
  resume(): void;
}

/** Cuts off the condemned code. Returns whether the thread serves again; if not, nothing but its end helps. */
export async function cutOff({ worker, time, words, resume }: CutOffOptions): Promise<boolean> {
  const condemned = Atomics.load(words, WORD.code);
  const isCondemned = () => Atomics.load(words, WORD.code) === condemned;
  const isFree = await terminate(worker, new Patience(LIMIT_MS, time));
  resume();
  // Not free: the code waits in a system call, or its timers and promises now run forever.
  if (isFree) await new Patience(LIMIT_MS, time).while(isCondemned);
  return !isCondemned();
}

/**
 * Terminates the JavaScript or WebAssembly that runs on a worker. The worker returns to its event loop and keeps its state. Uses the
 * debugger's protocol, the only way to interrupt JavaScript from outside. Returns whether the worker is free again.
 *
 * Code that waits in a system call or in native code cannot be terminated: this gives up when `patience` is over.
 *
 * This terminates any code that runs when the request arrives, so the intended code must not end before that: see CODE.condemned.
 */
async function terminate(workerId: number, patience: Patience): Promise<boolean> {
  const { Session } = await import('node:inspector'); // rarely needed; part of Node, so loading it needs no descriptor
  const session = new Session();
  session.connect();
  return new Promise((resolve) => {
    const finish = (isFree: boolean) => {
      clearInterval(timer);
      resolve(isFree);
      // In this order: Node crashes if a session with a worker's is disconnected while another one (a coverage tool's) is open.
      session.post('NodeWorker.disable', () => setImmediate(() => session.disconnect()));
    };
    const timer = setInterval(() => patience.isOver() && finish(false), LOOK_MS);
    let own: string | undefined;
    session.on('NodeWorker.attachedToWorker', ({ params: { sessionId, workerInfo } }: Attached) => {
      if (workerInfo.workerId !== String(workerId)) return; // another worker of this process
      own = sessionId;
      const message = JSON.stringify({ id: 1, method: 'Runtime.terminateExecution' });
      session.post('NodeWorker.sendMessageToWorker', { sessionId, message });
    });
    session.on(
      'NodeWorker.receivedMessageFromWorker',
      ({ params: { sessionId } }: { params: { sessionId: string } }) => {
        if (sessionId === own) finish(true);
      },
    );
    session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  });
}
