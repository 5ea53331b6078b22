import { spawn, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { say } from '../language/say.ts';
import { errorCode } from '../linux/system-error.ts';
import { kernelOptions, type MountOptions } from './mount-options.ts';
import { openFuseDevice } from './open-device.ts';

/** mount(8) gets /dev/fuse under this number. */
const FD_IN_MOUNT = 3;

/** mount(8) answers in milliseconds; if it hangs on another mount's daemon, it must not block Fauxen too. */
const MOUNT_TIMEOUT_MS = 10_000;

/** A mount could not be made or undone. `code`: the name of the errno if known. */
export class MountError extends Error {
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.name = 'MountError';
    this.code = code;
  }
}

export interface Mount {
  /** The descriptor of /dev/fuse to serve. Closing it ends the mount: later calls in it fail with ENOTCONN. */
  readonly fd: number;
  /** Absolute path. */
  readonly directory: string;
}

/** A prepared mount. Serving `fd` may begin before it is mounted; reads fail with EPERM until then. */
export interface PreparedMount extends Mount {
  /** Throws MountError, and leaves `fd` open. */
  mount(): void;
}

/** Opens /dev/fuse to be mounted on an existing directory. Throws MountError if that is impossible. */
export function prepareMount(path: string, options: MountOptions = {}): PreparedMount {
  const directory = resolve(path);
  checkMountPoint(directory);
  const uid = process.geteuid?.() ?? 0;
  const gid = process.getegid?.() ?? 0;
  const data = kernelOptions(options, FD_IN_MOUNT, uid, gid);
  const { fsname = 'fauxen', subtype } = options;
  if (subtype !== undefined && !/^[\w.-]+$/.test(subtype))
    throw new MountError(say('bad mount option subtype={subtype}.', { subtype }));
  const fd = openDevice();
  const type = subtype ? `fuse.${subtype}` : 'fuse';
  const mount = () => spawnMount(['-i', '-t', type, '-o', data, '--', fsname, directory], fd, directory);
  return { fd, directory, mount };
}

function openDevice(): number {
  try {
    return openFuseDevice();
  } catch (error) {
    const code = errorCode(error) ?? String(error);
    throw new MountError(say('cannot open /dev/fuse: {code}. {advice}', { code, advice: deviceAdvice(code) }), code);
  }
}

function deviceAdvice(code: string): string {
  if (code === 'ENOENT' || code === 'ENODEV' || code === 'ENXIO')
    return say('Run modprobe fuse, or give the container --device /dev/fuse.');
  if (code === 'EPERM')
    return say("Let the container use it: --device /dev/fuse (its cgroup's device rules refuse it).");
  return say("Run as root, or chmod 666 /dev/fuse (the distributions' default).");
}

/** Throws if nothing can be mounted there; explains how to remove a dead daemon's mount. */
export function checkMountPoint(directory: string): void {
  let isDirectory: boolean;
  try {
    isDirectory = statSync(directory).isDirectory();
  } catch (error) {
    const code = errorCode(error) ?? String(error);
    throw new MountError(
      say('cannot mount on {directory}: {code}. {advice}', {
        directory,
        code,
        advice: mountPointAdvice(code, directory),
      }),
      code,
    );
  }
  if (!isDirectory)
    throw new MountError(say('cannot mount on {directory}: not a directory.', { directory }), 'ENOTDIR');
}

function mountPointAdvice(code: string, directory: string): string {
  if (code === 'ENOTCONN') return say('Its daemon has ended: clear it with umount -l {directory}', { directory });
  if (code === 'ENOENT') return say('Create it first: mkdir -p {directory}', { directory });
  return say('Choose a directory that you can read.');
}

function spawnMount(args: string[], fd: number, directory: string): void {
  const { error, status, signal, stderr } = spawnSync('mount', args, {
    stdio: ['ignore', 'ignore', 'pipe', fd],
    timeout: MOUNT_TIMEOUT_MS,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (error !== undefined) {
    const code = errorCode(error) ?? String(error);
    const advice =
      code === 'ENOENT' ? say('Install util-linux, which has mount(8).') : say('Check whether another mount hangs.');
    throw new MountError(say('cannot run mount(8): {code}. {advice}', { code, advice }), code);
  }
  if (status === 0) return;
  const said =
    stderr.trim() || (signal ? say('killed by {signal}', { signal }) : say('exit status {status}', { status }));
  throw new MountError(
    say('cannot mount FUSE on {directory}: {said} {advice}', { directory, said, advice: mountAdvice(said) }),
  );
}

function mountAdvice(said: string): string {
  if (/unknown filesystem type/.test(said))
    return say('Run modprobe fuse: this kernel has FUSE as a module, or not at all.');
  if (/must be superuser|only root|permission denied|not permitted/i.test(said)) {
    return say('Run as root, or inside unshare --user --map-root-user --mount.');
  }
  return say('dmesg may say more.');
}

export interface UnmountOptions {
  /** Detaches the mount at once, even if files are open; the file system ends when the last one is closed. */
  lazy?: boolean;
}

/** Runs umount(8) on a FUSE mount, asynchronously: umount stats the directory, and this process may be serving it. */
export function unmountFuse(directory: string, { lazy = false }: UnmountOptions = {}): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn('umount', ['-i', ...(lazy ? ['-l'] : []), '--', directory], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    // Add this first: without free descriptors there is no stderr, and an error event without a listener ends the process.
    child.on('error', (error) =>
      fail(
        new MountError(
          say('cannot run umount(8): {error}.', { error: errorCode(error) ?? String(error) }),
          errorCode(error) ?? String(error),
        ),
      ),
    );
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.on('close', (status) => {
      if (status === 0) return done();
      const advice = /busy/.test(said)
        ? say('Close what uses it (fuser -m {directory}), or umount -l {directory}', { directory })
        : '';
      fail(
        new MountError(
          say('cannot unmount {directory}: {status} {advice}', {
            directory,
            status: said.trim() || say('exit status {status}', { status }),
            advice,
          }).trimEnd(),
        ),
      );
    });
  });
}
