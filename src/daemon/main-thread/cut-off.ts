import { Session } from 'node:inspector';

/** Code in a system call, or in native code that waits, cannot be ended: it is given up after this time. */
const PATIENCE_MS = 2_000;

interface Attached {
  params: { sessionId: string; workerInfo: { workerId: string } };
}

/**
 * Ends the JavaScript or WebAssembly that runs on a worker, down to its event loop, and leaves the state as it is. JavaScript cannot be
 * interrupted from outside except by the debugger's protocol. Whether the worker is free again.
 *
 * Whatever runs when this arrives is ended, so the code that is meant must not end by itself meanwhile: see CODE.condemned.
 */
export function cutOff(workerId: number): Promise<boolean> {
  const session = new Session();
  session.connect();
  return new Promise((resolve) => {
    const finish = (isFree: boolean) => {
      clearTimeout(timer);
      resolve(isFree);
      // In this order: Node crashes if a session with a worker's is disconnected while another one (a coverage tool's) is open.
      session.post('NodeWorker.disable', () => setImmediate(() => session.disconnect()));
    };
    const timer = setTimeout(finish, PATIENCE_MS, false);
    let own: string | undefined;
    session.on('NodeWorker.attachedToWorker', ({ params: { sessionId, workerInfo } }: Attached) => {
      if (workerInfo.workerId !== String(workerId)) return; // another one of this process
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
