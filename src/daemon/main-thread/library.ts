// Mounts and programs from other people's code. What they need is loaded only when they are called.

import type { MountOptions } from '../../fuse/mount-options.ts';
import type { LogLevel, Settings } from '../protocol/settings.ts';

export interface MountedXen {
  /** Absolute path. */
  readonly directory: string;
  /** The mount is gone, by whomever; resolves to what went wrong, if anything did. */
  readonly ended: Promise<string | undefined>;
  /** The text of the console ring. */
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
    unmount: served.unmount,
    dmesg: async () => new TextDecoder().decode(await served.daemon.dmesg()),
  };
}

export interface RunXenOptions extends Partial<Settings> {
  /** Print the console ring to stderr at the end. */
  dmesg?: boolean;
}

/**
 * Runs a program and its arguments so that it sees /proc/xen, as `fauxen run` does, with this process's stdio, directory and
 * environment; its exit status, or 128+N if signal N ended it. Needs root, of a user namespace at least.
 */
export async function run(command: readonly string[], options: RunXenOptions = {}): Promise<number> {
  const { runProgram } = await import('../run/run-program.ts');
  const { dmesg = false, ...given } = options;
  const settings = await withDefaults(given);
  return runProgram({ command: [...command], settings, dmesg, quiet: true, door: 'auto', takesOver: false });
}

async function withDefaults(given: Partial<Settings>): Promise<Settings> {
  const { defaultSettings } = await import('../protocol/settings.ts');
  return { ...defaultSettings(), ...given };
}

export type { LogLevel, MountOptions, Settings };
