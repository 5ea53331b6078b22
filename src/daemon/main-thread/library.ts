// The library interface: mounts and runs programs. Dependencies are loaded at the first call.

import type { MountOptions } from '../../fuse/mount-options.ts';
import { keepCode } from '../../package/keep-code.ts';
import type { LogLevel, Settings } from '../protocol/settings.ts';

export interface MountedXen {
  /** Absolute path. */
  readonly directory: string;
  /** Resolves when the mount is gone, to the error if there was one. */
  readonly ended: Promise<string | undefined>;
  /** Returns the text of the console ring. */
  dmesg(): Promise<string>;
  unmount(): Promise<void>;
}

export interface MountXenOptions extends Partial<Settings> {
  mountOptions?: MountOptions;
}

/** Mounts the files of /proc/xen in an existing directory, as `fauxen mount` does. Needs root. */
export async function mount(path: string, options: MountXenOptions = {}): Promise<MountedXen> {
  const { resolve } = await import('node:path');
  const { serveMount } = await import('../mount/serve-mount.ts');
  const { Log } = await import('../log/log.ts');
  const { mountOptions = {}, ...given } = options;
  const settings = await withDefaults(given);
  const directory = resolve(path);
  const served = await serveMount({
    directory,
    mountOptions,
    settings,
    log: new Log(settings.logLevel, settings.logFormat),
  });
  return {
    directory,
    ended: served.ended,
    unmount: async () => {
      await served.unmount();
      keepCode();
    },
    dmesg: async () => new TextDecoder().decode(await served.daemon.dmesg()),
  };
}

export interface RunXenOptions extends Partial<Settings> {
  /** Print the console ring to stderr at the end. */
  dmesg?: boolean;
}

/**
 * Runs a program with arguments so that it sees /proc/xen, as `fauxen run` does, with this process's stdio, directory and environment.
 * Resolves to its exit status, or 128+N if signal N ended it. Needs root, at least in a user namespace.
 */
export async function run(command: readonly string[], options: RunXenOptions = {}): Promise<number> {
  const { runProgram } = await import('../run/run-program.ts');
  const { dmesg = false, ...given } = options;
  const settings = await withDefaults(given);
  const status = await runProgram({
    command: [...command],
    settings,
    dmesg,
    quiet: true,
    transport: 'auto',
    takesOver: false,
  });
  keepCode();
  return status;
}

async function withDefaults(given: Partial<Settings>): Promise<Settings> {
  const { defaultSettings } = await import('../protocol/settings.ts');
  return { ...defaultSettings(), ...given };
}

export type { LogLevel, MountOptions, Settings };
