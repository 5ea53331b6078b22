import { closeSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { checkMountPoint, MountError, prepareMount } from '../../fuse/mount.ts';
import type { MountOptions } from '../../fuse/mount-options.ts';
import { say } from '../../language/say.ts';
import { MNT, umount } from '../../linux/mount.ts';
import type { Log } from '../log/log.ts';
import { Daemon } from '../main-thread/daemon.ts';
import { StartError } from '../main-thread/start-error.ts';
import type { Settings } from '../protocol/settings.ts';
import { clearStaleMounts } from './clear-stale-mount.ts';
import { deviceMountedOn, isFauxenMount, mountPointsOf, pathInTable } from './mount-table.ts';

/** How long a mount may take to answer its first stat. */
const ANSWER_TIMEOUT_MS = 10_000;

/** Descriptors reserved for the unmount, which reads the mount table when the process may have run out of descriptors. */
const SPARE_DESCRIPTORS = 4;

export interface ServeOptions {
  directory: string;
  mountOptions: MountOptions;
  settings: Settings;
  log: Log;
  /** For a process that only serves the mount: aborting during the start ends it at once, with the reason as its exit status. */
  signal?: AbortSignal | undefined;
}

/** A mount that is being served. */
export interface ServedMount {
  /** The daemon, for example to read the ring. */
  daemon: Daemon;
  /** Resolves when the mount is gone, unmounted here or from outside, to the error if there was one. */
  ended: Promise<string | undefined>;
  /** Unmounts at once, even if files are open. */
  unmount(): Promise<void>;
}

/** Mounts and serves; resolves when the mount answers. Throws MountError or StartError. */
export async function serveMount({
  directory,
  mountOptions,
  settings,
  log,
  signal,
}: ServeOptions): Promise<ServedMount> {
  const place = pathInTable(directory);
  if (isFauxenMount(place)) await clearOrRefuse(directory, place, log);
  // The kernel always checks file modes: privcmd is 0600, as in xenfs.
  const { fd, mount } = prepareMount(directory, { subtype: 'fauxen', ...mountOptions, defaultPermissions: true });
  const daemon = new Daemon({ settings, fuse: fd, log });
  try {
    mount(); // while the hypervisor thread starts
  } catch (error) {
    daemon.end(undefined);
    daemon.closeFuse();
    throw error;
  }
  const mountPoints = mountPointFinder(directory, deviceMountedOn(place));
  let isGone = false;
  /** Unmounts; callers that still wait for an answer get an errno. */
  const close = () => {
    if (isGone) return;
    isGone = true;
    // Does not use umount(8), which stats the directory and needs descriptors and a responding hypervisor.
    for (const path of mountPoints()) umount(path, MNT.FORCE | MNT.DETACH);
    daemon.closeFuse();
  };
  const unmount = async () => {
    if (!isGone) for (const path of mountPoints()) if (umount(path) < 0) umount(path, MNT.DETACH);
    await daemon.stop();
    close();
  };
  // If the hypervisor died, fail the waiting callers.
  const ended = daemon.ended.then((error) => {
    if (error !== undefined) close();
    return error;
  });
  try {
    await Promise.race([daemon.serving.then(() => answers(directory)), interrupted(signal)]);
  } catch (error) {
    daemon.end(undefined);
    close();
    if (signal?.aborted) daemon.exitAtOnce(signal.reason); // its thread may hang in a file that it loads
    throw error;
  }
  return { daemon, ended, unmount };
}

/** Clears a mount whose daemon was killed. Refuses if a Fauxen is still mounted there afterwards. */
async function clearOrRefuse(directory: string, place: string, log: Log): Promise<void> {
  const cleared = await clearStaleMounts(place);
  if (cleared > 0) log.write('warn', `cleared ${directory}: the daemon that served it was killed`);
  if (isFauxenMount(place)) await refuseSecond(directory);
}

/**
 * Returns a function that finds where the file system is mounted now, second domains (fauxen mount --join) included: others may have
 * mounted over it, or moved it.
 */
function mountPointFinder(directory: string, device: string | undefined): () => string[] {
  const spare = Array.from({ length: SPARE_DESCRIPTORS }, () => openSync('/dev/null', 'r'));
  return () => {
    for (const descriptor of spare.splice(0)) closeSync(descriptor);
    try {
      return device === undefined ? [directory] : mountPointsOf(device);
    } catch {
      return []; // too few descriptors even so: the mounts answer ENOTCONN
    }
  };
}

/** Refuses to mount over a Fauxen mount, dead or alive, and explains why. */
async function refuseSecond(directory: string): Promise<never> {
  try {
    await answers(directory);
  } catch (error) {
    checkMountPoint(directory); // throws with advice if its daemon is gone
    throw error;
  }
  const advice = say('Use it (fauxen run --at {directory}), or end it: umount {directory}', { directory });
  throw new MountError(say('a fauxen is mounted on {directory} already. {advice}', { directory, advice }), 'EBUSY');
}

/** Never resolves; rejects with the signal's reason. */
function interrupted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

async function answers(directory: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const error = new StartError(
      say('the mount on {directory} does not answer. To clear it: umount -l {directory}', { directory }),
      1,
    );
    timer = setTimeout(reject, ANSWER_TIMEOUT_MS, error);
  });
  await Promise.race([stat(directory), timeout]).finally(() => clearTimeout(timer));
}
