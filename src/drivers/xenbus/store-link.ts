/** Requests of an open xenbus to xenstored, which the daemon forwards. The driver numbers the connections; no call waits. */
export interface StoreLink {
  /** Opens a connection to the xenstored that thread `tid` would reach. */
  open(connection: number, tid: number): void;
  /** Sends a complete message. It is queued until xenstored has started, as on the ring of a real dom0. */
  send(connection: number, message: Uint8Array): void;
  close(connection: number): void;
}

/** Events from xenstored. */
export type StoreEvent =
  /** Complete messages, one after the other: replies and watch events. */
  | { connection: number; messages: Uint8Array }
  /** xenstored is gone, and all pending requests with it. */
  | { connection: number; lost: true };
