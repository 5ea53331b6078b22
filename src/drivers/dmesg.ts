import { constants } from 'node:fs';
import type { FileNode, OpenFile } from '../fuse/node.ts';
import type { Request } from '../fuse/request.ts';
import type { Console } from '../xen/console/console.ts';
import type { ConsoleRing } from '../xen/console/console-ring.ts';
import { errno } from '../xen/errno.ts';

const { S_IFREG } = constants;

const POLLIN = 1;
const POLLRDNORM = 0x40;

export interface Owner {
  uid: number;
  gid: number;
}

/** Wakes pollers: the session's notifyPoll. */
export type PollNotifier = (handle: bigint) => void;

/** The pollers and readers that wait for the console ring to grow. One per hypervisor. */
export class RingPollers {
  readonly #waiting = new Set<bigint>();
  readonly #notify: PollNotifier;

  constructor(console: Console, notify: PollNotifier) {
    this.#notify = notify;
    console.onRing.add(() => {
      if (this.#waiting.size > 0) this.#wake();
    });
  }

  add(handle: bigint): void {
    this.#waiting.add(handle);
  }

  #wake(): void {
    for (const handle of this.#waiting) this.#notify(handle);
    this.#waiting.clear();
  }
}

/**
 * The console ring as a file. Each lookup returns a new node, whose offset 0 is the oldest byte at that time, so that a reader keeps its
 * position while the ring advances; bytes that were overwritten before it read them are skipped.
 */
export function dmesgNode(console: Console, pollers: RingPollers, owner: Owner): FileNode {
  const { ring } = console;
  const base = ring.oldest;
  return {
    kind: 'file',
    attributes: () => ({ mode: S_IFREG | 0o444, size: ring.total - base, mtime: Date.now(), ...owner }),
    open: () => new DmesgFile(ring, pollers, base),
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
  readonly #pollers: RingPollers;
  readonly #base: number;

  constructor(ring: ConsoleRing, pollers: RingPollers, base: number) {
    this.#ring = ring;
    this.#pollers = pollers;
    this.#base = base;
    this.#readUpTo = base;
  }

  read(_request: Request, offset: number, into: Uint8Array): number {
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

  poll(_request: Request, _events: number, handle: bigint | undefined): number {
    if (this.#ring.total > this.#readUpTo) return POLLIN | POLLRDNORM;
    if (handle !== undefined) this.#pollers.add(handle);
    return 0;
  }
}
