import { statSync } from 'node:fs';
import { unmountFuse } from '../../fuse/mount.ts';
import { errorCode } from '../../linux/system-error.ts';
import { mountTable } from './mount-table.ts';

/** Most stacked dead mounts to clear; a higher number must have another cause than killed daemons. */
const MOST = 16;

/**
 * Unmounts what a killed daemon left on the directory: mounts of type fuse.fauxen, made by this user, that fail with ENOTCONN and so are
 * unused. Returns how many there were; stops at any other mount. Throws MountError.
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
    return errorCode(error) === 'ENOTCONN';
  }
}
