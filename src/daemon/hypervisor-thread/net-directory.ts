import { constants, readdirSync, readFileSync, statSync } from 'node:fs';
import { openBytes } from '../../drivers/xenfs.ts';
import type { FileRequest } from '../../fuse/file-request.ts';
import type { DirectoryEntry, DirectoryNode, FileNode, FsNode, SymlinkNode } from '../../fuse/node.ts';
import { errno } from '../../linux/errno.ts';
import { type NetworkInterface, networkCounts } from '../protocol/traffic.ts';

const { S_IFDIR, S_IFLNK, S_IFREG } = constants;

/** Widths of the counters in a line of /proc/net/dev, as Linux prints them: 8 for received data, 8 for sent data. */
const WIDTHS = [7, 7, 4, 4, 4, 5, 10, 9, 8, 7, 4, 4, 4, 5, 7, 10];

/**
 * /proc/net of a dom0 with network backends, which exist only in the simulation. It is the caller's real directory, except that `dev` lists
 * the backends too. No packets pass: their counters grow by the rates that the scenario gives.
 */
export class NetDirectory implements DirectoryNode {
  readonly kind = 'directory';
  readonly #real: string;
  readonly #interfaces: () => readonly NetworkInterface[];
  readonly #dev: FileNode = {
    kind: 'file',
    attributes: () => ({ mode: S_IFREG | 0o444, size: 0 }),
    open: ({ tid }) => openBytes(Buffer.from(this.#text(tid))),
  };

  /** `real`: where the real procfs is. */
  constructor(real: string, interfaces: () => readonly NetworkInterface[]) {
    this.#real = real;
    this.#interfaces = interfaces;
  }

  attributes() {
    return { mode: S_IFDIR | 0o555, size: 0 };
  }

  lookup(name: string, { tid }: FileRequest): FsNode | number {
    if (name === 'dev') return this.#dev;
    const stats = statSync(`${this.#folder(tid)}/${name}`, { throwIfNoEntry: false });
    return stats === undefined ? -errno.ENOENT : link(`../self/net/${name}`);
  }

  *list({ tid }: FileRequest): Iterable<DirectoryEntry> {
    for (const name of readdirSync(this.#folder(tid))) yield { name, type: name === 'dev' ? S_IFREG : S_IFLNK };
  }

  /** It is the directory of the caller's network namespace. */
  #folder(tid: number): string {
    return `${this.#real}/${tid === 0 ? 'self' : tid}/net`;
  }

  #text(tid: number): string {
    const real = readFileSync(`${this.#folder(tid)}/dev`, 'latin1');
    const now = Date.now();
    return (
      real +
      this.#interfaces()
        .map((one) => lineOf(one, now))
        .join('')
    );
  }
}

/** Its line: eight counters of received data, and eight of sent data, which begin with bytes and packets. */
function lineOf(one: NetworkInterface, now: number): string {
  const { receivedBytes, receivedPackets, sentBytes, sentPackets } = networkCounts(one, now);
  const counters = WIDTHS.map(() => 0);
  [counters[0], counters[1], counters[8], counters[9]] = [receivedBytes, receivedPackets, sentBytes, sentPackets];
  return `${one.name.padStart(6)}:${counters.map((count, at) => ` ${String(count).padStart(WIDTHS[at] ?? 0)}`).join('')}\n`;
}

function link(target: string): SymlinkNode {
  const attributes = () => ({ mode: S_IFLNK | 0o777, size: Buffer.byteLength(target) });
  return { kind: 'symlink', attributes, target: () => target };
}
