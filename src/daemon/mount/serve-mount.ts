import { closeSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { checkMountPoint, MountError, prepareMount, unmountFuse } from '../../fuse/mount.ts';
import type { MountOptions } from '../../fuse/mount-options.ts';
import type { Log } from '../log/log.ts';
import { Daemon, StartError } from '../main-thread/daemon.ts';
import type { Settings } from '../protocol/settings.ts';
import { clearStaleMounts } from './clear-stale-mount.ts';
import { isFauxenMount, otherMountPoints } from './mount-table.ts';

/** How long a mount may take to answer its first stat. */
const ANSWER_TIMEOUT_MS = 10_000;

/** Descriptors kept back for the end: umount(8) needs a pipe and Node a few more, also when the program has run out of them. */
const SPARE_DESCRIPTORS = 12;

export interface ServeOptions {
  directory: string;
  mountOptions: MountOptions;
  settings: Settings;
  log: Log;
}

/** A mount that is being served. */
export interface ServedMount {
  /** The daemon, to ask for the ring. */
  daemon: Daemon;
  /** The mount is gone: unmounted here or by somebody else. Resolves to what went wrong, if anything did. */
  ended: Promise<string | undefined>;
  /** Unmounts: at once even if files are open. */
  unmount(): Promise<void>;
}

/** Mounts and serves; resolves when the mount answers. Throws MountError or StartError. */
export async function serveMount({ directory, mountOptions, settings, log }: ServeOptions): Promise<ServedMount> {
  if (isFauxenMount(directory)) {
    const cleared = await clearStaleMounts(directory);
    if (cleared > 0) log.write('warn', `cleared ${directory}: the daemon that served it was killed`);
    if (isFauxenMount(directory)) await refuseSecond(directory);
  }
  // The kernel checks modes always: privcmd is 0600, as in xenfs.
  const { fd, mount } = prepareMount(directory, { subtype: 'fauxen', ...mountOptions, defaultPermissions: true });
  const daemon = new Daemon({ settings, fuse: fd, log });
  try {
    mount(); // while the hypervisor thread starts
  } catch (error) {
    await daemon.stop();
    closeSync(fd);
    throw error;
  }
  const spare = Array.from({ length: SPARE_DESCRIPTORS }, () => openSync('/dev/null', 'r'));
  const end = async () => {
    await daemon.stop();
    if (!daemon.running) closeSync(fd);
    else (await import('../../linux/io.ts')).closeInUse(fd); // it hangs in a copy, and may go on
  };
  const unmount = async () => {
    for (const descriptor of spare.splice(0)) closeSync(descriptor);
    // Second domains (fauxen mount --join): nobody would serve them.
    for (const joined of otherMountPoints(directory)) await unmountFuse(joined, { lazy: true }).catch(() => {});
    await unmountFuse(directory)
      .catch(() => unmountFuse(directory, { lazy: true }))
      .catch(() => {});
    await end();
  };
  try {
    await daemon.serving;
    await answers(directory);
  } catch (error) {
    // Nobody serves it: umount(8), which looks at the directory, would wait for ever while the descriptor is open.
    await end();
    await unmountFuse(directory, { lazy: true });
    throw error;
  }
  return { daemon, ended: daemon.ended, unmount };
}

/** Says why nothing is to be mounted over a Fauxen mount, dead or alive. */
async function refuseSecond(directory: string): Promise<never> {
  try {
    await answers(directory);
  } catch (error) {
    checkMountPoint(directory); // throws with advice if its daemon is gone
    throw error;
  }
  const advice = `Use it (fauxen run --at ${directory}), or end it: umount ${directory}`;
  throw new MountError(`a fauxen is mounted on ${directory} already. ${advice}`, 'EBUSY');
}

async function answers(directory: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const error = new StartError(`the mount on ${directory} does not answer. To clear it: umount -l ${directory}`, 1);
    timer = setTimeout(reject, ANSWER_TIMEOUT_MS, error);
  });
  await Promise.race([stat(directory), timeout]).finally(() => clearTimeout(timer));
}
