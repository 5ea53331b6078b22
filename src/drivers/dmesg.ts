import { constants } from 'node:fs';
import type { FileRequest } from '../fuse/file-request.ts';
import type { FileNode, OpenFile } from '../fuse/node.ts';
import type { Console } from '../xen/console/console.ts';
import type { ConsoleRing } from '../xen/console/console-ring.ts';
import { errno } from '../xen/errno.ts';
import { type PollNotifier, Waiting } from './waiting.ts';

const { S_IFREG } = constants;

const POLLIN = 1;
const POLLRDNORM = 0x40;

export interface Owner {
  uid: number;
  gid: number;
}

/** The pollers that wait for the console ring to grow. One per hypervisor. */
export function ringPollers(console: Console, notify: PollNotifier): Waiting {
  const waiting = new Waiting(notify);
  console.onRing.add(() => waiting.wakePollers());
  return waiting;
}

/**
 * The console ring as a file. A node's offset 0 is the oldest byte when it was made, so that a reader keeps its position while the ring
 * advances; bytes that were overwritten before it read them are skipped. A lookup gets a new node only after the oldest byte has changed:
 * cp and tar refuse a file whose inode number has changed between stat and open.
 */
export function dmesgNodes({ ring }: Console, pollers: Waiting, owner: Owner): () => FileNode {
  const written = { total: -1, at: 0 };
  const make = (base: number): FileNode => ({
    kind: 'file',
    attributes: () => {
      if (written.total !== ring.total) Object.assign(written, { total: ring.total, at: Date.now() });
      return { mode: S_IFREG | 0o444, size: ring.total - base, mtime: written.at, ...owner };
    },
    open: () => new DmesgFile(ring, pollers, base),
  });
  let latest = { base: -1, node: make(0) };
  return () => {
    const base = ring.oldest;
    if (latest.base !== base) latest = { base, node: make(base) };
    return latest.node;
  };
}

/**
 * The console ring as a file that forgets what was read from it, as XEN_SYSCTL_readconsole with `clear` does. For the user who mounted
 * and root.
 */
export function clearingDmesgNode({ ring }: Console, owner: Owner): FileNode {
  return {
    kind: 'file',
    attributes: () => ({ mode: S_IFREG | 0o400, size: 0, ...owner }),
    open(request) {
      if (request.uid !== 0 && request.uid !== owner.uid) return -errno.EACCES;
      return {
        nonseekable: true,
        read(_request, _offset, into) {
          const position = ring.oldest;
          const count = ring.read(position, into);
          ring.clear(position + count);
          return count;
        },
      };
    },
  };
}

class DmesgFile implements OpenFile {
  /** The reader's position in the ring. */
  #readUpTo: number;
  /** Bytes that were overwritten before this reader reached them: the difference between ring positions and file offsets. */
  #skipped = 0;
  readonly #ring: ConsoleRing;
  readonly #pollers: Waiting;
  readonly #base: number;

  constructor(ring: ConsoleRing, pollers: Waiting, base: number) {
    this.#ring = ring;
    this.#pollers = pollers;
    this.#base = base;
    this.#readUpTo = base;
  }

  read(_request: FileRequest, offset: number, into: Uint8Array): number {
    let position = this.#base + this.#skipped + offset;
    const { oldest } = this.#ring;
    if (position < oldest) {
      if (position >= this.#readUpTo) this.#skipped += oldest - position;
      position = oldest;
    }
    const count = this.#ring.read(position, into);
    this.#readUpTo = Math.max(this.#readUpTo, position + count);
    return count;
  }

  poll(_request: FileRequest, _events: number, handle: bigint | undefined): number {
    if (this.#ring.total > this.#readUpTo) return POLLIN | POLLRDNORM;
    this.#pollers.addPoller(handle);
    return 0;
  }
}
