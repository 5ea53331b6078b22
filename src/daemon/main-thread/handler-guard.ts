import { SHARED } from '../protocol/messages.ts';

/** How often the main thread looks, at the most: a tenth of the limit, but at least this. */
const LEAST_INTERVAL_MS = 10;

/**
 * Cuts off a user's handler that runs too long. JavaScript cannot be interrupted from outside, except by the debugger's
 * protocol: it ends whatever runs on the hypervisor thread, down to its event loop, and leaves the state as it is. The thread
 * is then told to answer the call and go on.
 */
export class HandlerGuard {
  readonly #shared: Int32Array;
  readonly #limit: number;
  readonly #onCutOff: () => void;
  #timer: NodeJS.Timeout | undefined;
  #seen = 0;
  #since = 0;

  /** `limit` in milliseconds; 0 is none. `onCutOff` runs once the thread is free again. */
  constructor(shared: Int32Array, limit: number, onCutOff: () => void) {
    this.#shared = shared;
    this.#limit = limit;
    this.#onCutOff = onCutOff;
  }

  start(): void {
    if (this.#limit === 0) return;
    const interval = Math.max(LEAST_INTERVAL_MS, this.#limit / 10);
    this.#timer = setInterval(() => this.#look(), interval).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = Atomics.load(this.#shared, SHARED.handling);
    if (now !== this.#seen || now % 2 === 0) {
      this.#seen = now;
      this.#since = performance.now();
    } else if (performance.now() - this.#since >= this.#limit) {
      this.#since = performance.now();
      void this.#terminate();
    }
  }

  async #terminate(): Promise<void> {
    const { Session } = await import('node:inspector');
    const session = new Session();
    session.connect();
    session.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }) => {
      const message = JSON.stringify({ id: 1, method: 'Runtime.terminateExecution' });
      session.post('NodeWorker.sendMessageToWorker', { sessionId, message });
    });
    session.on('NodeWorker.receivedMessageFromWorker', () => {
      this.#onCutOff();
      // In this order: Node crashes if a session with a worker's is disconnected while another one (a coverage tool's) is open.
      session.post('NodeWorker.disable', () => setImmediate(() => session.disconnect()));
    });
    session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  }
}
