import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { StoreLink } from '../../drivers/xenbus/store-link.ts';
import { openName } from '../../linux/open-file.ts';
import { shows } from '../log/log.ts';
import type { Numbered, Report } from '../protocol/messages.ts';
import type { LogLevel } from '../protocol/settings.ts';

/** The hypervisor thread's link to the main thread. */
export class MainLink {
  readonly #port: MessagePort;
  readonly #logLevel: LogLevel;

  constructor(port: MessagePort, logLevel: LogLevel) {
    this.#port = port;
    this.#logLevel = logLevel;
  }

  readonly report = (message: Report): void => {
    this.#port.postMessage(message);
  };

  readonly log = (level: LogLevel, message: string, fields?: Record<string, unknown>): void => {
    if (!shows(this.#logLevel, level)) return;
    this.report({ kind: 'log', level, message, ...(fields !== undefined && { fields }) });
  };

  readonly warn = (text: string): void => this.log('warn', text);

  /** The next command that the main thread has sent. */
  next(): Numbered | undefined {
    return receiveMessageOnPort(this.#port)?.message;
  }

  /** The main thread handles sockets, since this thread must wait only for its callers. */
  readonly store: StoreLink = {
    open: (connection, tid) => {
      const root = openName(`/proc/${tid}/root`); // now, while the caller waits: later its id may belong to another process
      this.report({ kind: 'store', request: { call: 'open', connection, root } });
    },
    send: (connection, message) => this.report({ kind: 'store', request: { call: 'send', connection, message } }),
    close: (connection) => this.report({ kind: 'store', request: { call: 'close', connection } }),
  };

  close(): void {
    this.#port.close();
  }
}

/** An error as the log shows it. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
