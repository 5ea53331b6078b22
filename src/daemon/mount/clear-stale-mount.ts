import { statSync } from 'node:fs';
import { unmountFuse } from '../../fuse/mount.ts';
import { mountTable } from './mount-table.ts';

/** So many dead mounts on top of each other are cleared; more must have another reason than killed daemons. */
const MOST = 16;

/**
 * Takes away what a killed daemon left on the directory: a mount of type fuse.fauxen, made by this user, whose every use fails with
 * ENOTCONN, so nobody can be using it. How many there were; stops at one that is anything else. Throws MountError.
 */
export async function clearStaleMounts(directory: string): Promise<number> {
  let cleared = 0;
  while (cleared < MOST && isOursAndDead(directory)) {
    await unmountFuse(directory, { lazy: true });
    cleared += 1;
  }
  return cleared;
}

function isOursAndDead(directory: string): boolean {
  const mounted = mountTable().findLast(({ path }) => path === directory);
  if (mounted?.type !== 'fuse.fauxen' || !mounted.options.includes(`user_id=${process.geteuid?.()}`)) return false;
  try {
    statSync(directory);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOTCONN';
  }
}
