import { constants } from 'node:os';
import type { DirectoryNode, FsNode } from '../fuse/node.ts';
import type { Session } from '../fuse/session.ts';
import { Mirror } from './mirror.ts';
import type { LogLevel, Settings } from './settings.ts';
import { HIDDEN } from './view-names.ts';

export interface WorldTools {
  log(level: LogLevel, message: string, fields?: Record<string, unknown>): void;
  /** One word: to be made odd before a copy from or to a caller, and even after it. */
  copying: Int32Array;
}

/** What the hypervisor thread serves. */
export interface World {
  root: DirectoryNode;
  /** The bytes of the console ring. */
  dmesg(): Uint8Array;
  /** Gives the drivers their way to wake pollers. */
  attach(session: Session): void;
}

export async function buildWorld(_settings: Settings, _tools: WorldTools): Promise<World> {
  const xenfs = fixedDirectory({});
  const hidden = fixedDirectory({ proc: new Mirror('/proc', { xen: xenfs }), dev: fixedDirectory({ xen: xenfs }) });
  return {
    root: fixedDirectory({ [HIDDEN]: hidden }),
    dmesg: () => Buffer.from('(XEN) stub\n'),
    attach: () => {},
  };
}

function fixedDirectory(names: Record<string, FsNode>): DirectoryNode {
  return {
    kind: 'directory',
    attributes: () => ({ mode: 0o040755, size: 0 }),
    lookup: (name) => names[name] ?? -constants.errno.ENOENT,
    list: () => [],
  };
}
