import { constants } from 'node:fs';
import type { FileNode } from '../../fuse/node.ts';
import type { Domain } from '../../xen/domain/domain.ts';
import { errno } from '../../xen/errno.ts';
import type { Owner } from '../dmesg.ts';
import type { StoreEvent, StoreLink } from './store-link.ts';
import { XenbusFile } from './xenbus-file.ts';

const { S_IFREG } = constants;

export interface XenbusOptions {
  /** The domain whose kernel this driver belongs to. */
  domain: Domain;
  owner: Owner;
  /** Wakes pollers: the session's notifyPoll. */
  notifyPoll(handle: bigint): void;
  store: StoreLink;
}

/** Linux's /dev/xen/xenbus, also visible as /proc/xen/xenbus. */
export class XenbusDriver {
  readonly #options: XenbusOptions;
  readonly #files = new Map<number, XenbusFile>();
  #lastConnection = 0;

  constructor(options: XenbusOptions) {
    this.#options = options;
  }

  node(): FileNode {
    const { owner } = this.#options;
    return {
      kind: 'file',
      attributes: () => ({ mode: S_IFREG | 0o600, size: 0, ...owner }),
      // The error of a guest's kernel without xenstore's event channel: Fauxen has no xenstored for guests.
      open: ({ tid }) => (this.#options.domain.privileged ? this.#open(tid) : -errno.ENOENT),
    };
  }

  #open(tid: number): XenbusFile {
    const { store, notifyPoll } = this.#options;
    this.#lastConnection += 1;
    const id = this.#lastConnection;
    const close = () => {
      this.#files.delete(id);
      store.close(id);
    };
    const file = new XenbusFile({ send: (message) => store.send(id, message), close }, notifyPoll);
    this.#files.set(id, file);
    store.open(id, tid);
    return file;
  }

  /** Handles an event of the store link. Events for closed files are dropped. */
  receive(event: StoreEvent): void {
    const file = this.#files.get(event.connection);
    if ('lost' in event) file?.lost();
    else file?.receive(event.messages);
  }
}
