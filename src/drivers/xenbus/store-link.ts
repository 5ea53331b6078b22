/** What an open xenbus asks of whoever reaches xenstored. Connections are numbered by the driver; nothing here waits. */
export interface StoreLink {
  /** A connection to the xenstored that thread `tid` would reach. */
  open(connection: number, tid: number): void;
  /** A whole message. It waits for a xenstored that has not started yet, as on the ring of a real dom0. */
  send(connection: number, message: Uint8Array): void;
  close(connection: number): void;
}

/** What comes back. */
export type StoreEvent =
  /** A whole message: a reply or a watch's event. */
  | { connection: number; message: Uint8Array }
  /** xenstored is gone, and with it everything that was asked of it. */
  | { connection: number; lost: true };
