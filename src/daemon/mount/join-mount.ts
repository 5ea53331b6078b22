import { resolve } from 'node:path';
import { checkMountPoint, MountError } from '../../fuse/mount.ts';
import { say } from '../../language/say.ts';
import { errnoName } from '../../linux/errno.ts';
import { MS, mount } from '../../linux/mount.ts';
import type { JoinRequest } from '../protocol/join-request.ts';
import { isRunningMount, joinDomain } from '../run/join-domain.ts';

export interface JoinMountOptions {
  /** The directory of the running mount. */
  at: string;
  /** Where to show the domain's files. */
  directory: string;
  request: JoinRequest;
}

/**
 * Shows a domain of a running mount's hypervisor in another directory, through a bind mount. The running mount's daemon serves it until it
 * is unmounted or the daemon ends. Throws MountError or JoinError.
 */
export function mountJoined({ at, directory, request }: JoinMountOptions): void {
  const target = resolve(directory);
  checkMountPoint(target);
  if (isRunningMount(target)) {
    throw new MountError(
      say('a fauxen is mounted on {directory} already. To end it: umount {directory}', { directory: target }),
      'EBUSY',
    );
  }
  const view = joinDomain(resolve(at), request);
  const result = mount(view, target, null, MS.BIND);
  if (result >= 0) return;
  const name = errnoName(result);
  const advice = name === 'EPERM' ? say('Run as root.') : say('dmesg may say more.');
  throw new MountError(say('cannot mount on {directory}: {name}. {advice}', { directory: target, name, advice }), name);
}
