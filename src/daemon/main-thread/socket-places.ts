import { constants } from 'node:fs';
import { type FileHandle, open, statfs } from 'node:fs/promises';
import { fileOf, O_PATH } from '../../linux/open-file.ts';
import { errorCode } from '../../linux/system-error.ts';

/** File systems whose answers come from another process or machine (linux/magic.h): FUSE, NFS, SMB (three numbers), 9P, AFS, Ceph. */
const REMOTE: ReadonlySet<number> = new Set([
  0x65735546, 0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x01021997, 0x5346414f, 0x00c36400,
]);

/** Most lookups at a time, of the four that libuv has threads for. */
const MOST = 2;

/** A lookup that led to no usable socket: `code` is an errno's name. */
export interface NoPlace {
  readonly code: string;
}

/**
 * Finds sockets in directories of callers, where a file system may never answer. So lookups run on other threads, and only few at once: one
 * for each root directory.
 */
export class SocketPlaces {
  readonly #busy = new Set<string>();
  readonly #waiting: (() => void)[] = [];

  /**
   * Opens a socket (O_PATH) at a path below the root directory, a descriptor that must stay open until this resolves. Connecting to
   * /proc/self/fd/N then does not wait for a file system: a socket on a remote one is EREMOTE.
   */
  async find(root: number, path: string): Promise<FileHandle | NoPlace> {
    const identity = fileOf('self', root);
    const key = `${identity?.device}:${identity?.inode}`;
    while (this.#busy.has(key) || this.#busy.size >= MOST)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#busy.add(key);
    try {
      return await lookUp(`/proc/self/fd/${root}/${path}`);
    } finally {
      this.#busy.delete(key);
      for (const proceed of this.#waiting.splice(0)) proceed();
    }
  }
}

async function lookUp(path: string): Promise<FileHandle | NoPlace> {
  let found: FileHandle | undefined;
  try {
    found = await open(path, O_PATH | constants.O_RDONLY);
    const { type } = await statfs(`/proc/self/fd/${found.fd}`);
    if (!REMOTE.has(type)) return found;
    await found.close();
    return { code: 'EREMOTE' };
  } catch (error) {
    await found?.close();
    return { code: errorCode(error) ?? '' };
  }
}
