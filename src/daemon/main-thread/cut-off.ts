import type { Patience } from './patience.ts';

/** How often to look whether to give up. */
const LOOK_MS = 50;

interface Attached {
  params: { sessionId: string; workerInfo: { workerId: string } };
}

/**
 * Terminates the JavaScript or WebAssembly that runs on a worker. The worker returns to its event loop and keeps its state. Uses the
 * debugger's protocol, the only way to interrupt JavaScript from outside. Returns whether the worker is free again.
 *
 * Code that waits in a system call or in native code cannot be terminated: this gives up when `patience` is over.
 *
 * This terminates any code that runs when the request arrives, so the intended code must not end by itself before: see CODE.condemned.
 */
export async function cutOff(workerId: number, patience: Pick<Patience, 'isOver'>): Promise<boolean> {
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
