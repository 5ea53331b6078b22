import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { MS, mount } from '../../linux/mount.ts';
import { mountTable } from '../mount/mount-table.ts';
import { mustMount } from '../mount/must-mount.ts';

const O_PATH = 0o10000000; // asm-generic/fcntl.h

export interface OverlayOptions {
  /** Nothing in it can be written: for sysfs, whose files mean nothing where they are copied. */
  readOnly?: boolean;
  /** Most bytes that what is written may take, as tmpfs's option: by default half of the machine's memory. */
  size?: string;
}

/**
 * A directory with more directories in it: an overlay, so that what appears later in the real one is seen too, while what is
 * written stays here. What is mounted below it is bound again over it.
 */
export function overlay(
  path: string,
  names: readonly string[],
  { readOnly = false, size = '50%' }: OverlayOptions = {},
): void {
  const real = openSync(path, O_PATH);
  const below = mountsBelow(path).map((point) => ({ point, fd: openSync(point, O_PATH) }));
  mustMount(`mount a tmpfs on ${path}`, mount('fauxen', path, 'tmpfs', MS.NOSUID, `mode=755,size=${size}`));
  for (const name of ['work', ...names.map((each) => `upper/${each}`)])
    mkdirSync(`${path}/${name}`, { recursive: true });
  const lower = `/proc/self/fd/${real}`;
  const layers = readOnly
    ? `lowerdir=${path}/upper:${lower}`
    : `lowerdir=${lower},upperdir=${path}/upper,workdir=${path}/work`;
  mustMount(`overlay ${path}`, mount('fauxen', path, 'overlay', MS.NOSUID, layers));
  for (const { point, fd } of below) {
    mustMount(`bind ${point}`, mount(`/proc/self/fd/${fd}`, point, null, MS.BIND | MS.REC));
    closeSync(fd);
  }
  closeSync(real);
}

/** The outermost mount points below a directory, each once. */
function mountsBelow(directory: string): string[] {
  const points = mountTable()
    .map(({ path }) => path)
    .filter((path) => path.startsWith(`${directory}/`));
  const all = new Set(points);
  return [...all].filter((path) => !hasAncestor(path, all));
}

function hasAncestor(path: string, all: ReadonlySet<string>): boolean {
  for (let parent = dirname(path); parent !== '/'; parent = dirname(parent)) if (all.has(parent)) return true;
  return false;
}
