import { closeSync } from 'node:fs';
import { openFuseDevice } from '../../fuse/open-device.ts';
import { say } from '../../language/say.ts';
import { errorCode } from '../../linux/system-error.ts';
import { NO_MOUNT } from '../protocol/messages.ts';
import { containerAdvice } from './container-advice.ts';
import { becomeNamespaceRoot, mayMount } from './privileges.ts';
import { RunError } from './run-error.ts';
import type { TransportSetting } from './start-program.ts';

/** How a program gets to see /proc/xen. */
export interface MountChoice {
  /** An open /dev/fuse, to be mounted in the program's view; NO_MOUNT: the program's calls are answered without a mount. */
  readonly fuse: number;
  /** Why there is no mount. */
  readonly reason: string;
}

export interface ChooseOptions {
  transport: TransportSetting;
  /** Whether this process may be executed again as root of a user namespace. */
  takesOver: boolean;
  /** Whether the run needs a mount. */
  needsMount: boolean;
  /** Descriptors to keep when this process is executed again. */
  descriptors: readonly number[];
}

/** Opens /dev/fuse, or decides to run without a mount. Throws RunError if neither is possible, or the requested transport is not. */
export async function chooseMount({
  transport,
  takesOver,
  needsMount,
  descriptors,
}: ChooseOptions): Promise<MountChoice> {
  if (transport === 'seccomp-only') return { fuse: NO_MOUNT, reason: say('requested by --transport seccomp-only') };
  const fuse = openFuse();
  const hindrance = typeof fuse === 'string' ? fuse : await mountHindrance(takesOver, descriptors, fuse);
  if (typeof fuse === 'number' && hindrance === undefined) return { fuse, reason: '' };
  const reason = hindrance ?? '';
  if (needsMount || transport !== 'auto') throw new RunError(`${reason}. ${containerAdvice(reason)}`);
  return { fuse: NO_MOUNT, reason };
}

/** Why nothing can be mounted. Does not return if this process becomes root of a user namespace. */
async function mountHindrance(
  takesOver: boolean,
  descriptors: readonly number[],
  fuse: number,
): Promise<string | undefined> {
  if (mayMount()) return undefined;
  closeSync(fuse); // it must be opened in the user namespace that mounts it
  if (!takesOver) return say('cannot mount: no CAP_SYS_ADMIN');
  try {
    return await becomeNamespaceRoot(descriptors);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function openFuse(): number | string {
  try {
    return openFuseDevice();
  } catch (error) {
    return say('cannot open /dev/fuse: {error}', { error: errorCode(error) ?? String(error) });
  }
}

/** Joining a mount needs a private view of /proc, and so a mount. */
export async function needMount(descriptors: readonly number[]): Promise<void> {
  if (mayMount()) return;
  try {
    await becomeNamespaceRoot(descriptors);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RunError(`${reason}. ${containerAdvice(reason)}`);
  }
}
