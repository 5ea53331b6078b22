import { constants } from 'node:fs';
import type { FileNode } from '../fuse/node.ts';
import { errno } from '../xen/errno.ts';
import type { Owner } from './dmesg.ts';

const { S_IFREG } = constants;

/** The source of an open trace file. */
export interface TraceSource {
  /** Moves the available records into `into`; returns the number of bytes. */
  read(into: Uint8Array): number;
  stop(): void;
}

/**
 * A file that traces while it is open. A read returns the available raw records, or 0 bytes if there are none yet: the reader polls. Only
 * the owner and root may open it.
 */
export function traceFile(owner: Owner, start: () => TraceSource): FileNode {
  return {
    kind: 'file',
    attributes: () => ({ mode: S_IFREG | 0o400, size: 0, ...owner }),
    open(request) {
      if (request.uid !== 0 && request.uid !== owner.uid) return -errno.EACCES;
      const source = start();
      return {
        nonseekable: true,
        read: (_request, _offset, into) => source.read(into),
        release: () => source.stop(),
      };
    },
  };
}
