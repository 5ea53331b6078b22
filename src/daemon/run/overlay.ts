import { constants, lstatSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import type { ChildCalls } from '../../linux/child-calls.ts';
import { MS } from '../../linux/mount.ts';
import { OPEN_TREE } from '../../linux/mount-tree.ts';
import { mountTable } from '../mount/mount-table.ts';
import { mountMust } from './mount-must.ts';

/** Overlayfs hides a name that is a character device 0/0 in a layer above. */
const WHITEOUT = constants.S_IFCHR;

export interface OverlayOptions {
  /** Read-only: for sysfs, whose files lose their meaning when they are copied. */
  readOnly?: boolean;
  /** Size limit for written data, as tmpfs's option: by default half of the machine's memory. */
  size?: string;
  /** Names whose contents are private to this view: sockets and FIFOs there are not shared with the machine. */
  own?: readonly string[];
  /** Names in it that are hidden. */
  absent?: readonly string[];
}

/**
 * Calls that add directories to an existing one with an overlay: files that appear later in the real directory are visible, while written
 * data stays here. Mounts below it are bound over it again, and so is each socket and FIFO: a copy in the overlay would not be connected
 * to the original.
 */
export function addOverlay(
  calls: ChildCalls,
  path: string,
  names: readonly string[],
  { readOnly = false, size = '50%', own = [], absent = [] }: OverlayOptions = {},
): void {
  const mounts = mountsBelow(path);
  const live = readOnly ? [] : meetingPoints(path, new Set([...mounts, ...own.map((name) => `${path}/${name}`)]));
  const trees = [...mounts, ...live].map((point) => {
    const tree = calls.must(`copy ${point}`, SYS.open_tree, OPEN_TREE.AT_FDCWD, point, OPEN_TREE.CLONE_ALL);
    return { point, tree };
  });
  calls.must(`go to ${path}`, SYS.chdir, path); // the real one, so that the overlay can name it once it is covered
  mountMust(calls, `mount a tmpfs on ${path}`, 'fauxen', path, 'tmpfs', MS.NOSUID, `mode=755,size=${size}`);
  for (const name of ['work', 'upper', ...names.flatMap((each) => parents(`upper/${each}`))])
    calls.may(SYS.mkdir, `${path}/${name}`, 0o755);
  for (const name of absent) {
    for (const above of parents(`upper/${name}`).slice(0, -1)) calls.may(SYS.mkdir, `${path}/${above}`, 0o755);
    calls.must(`hide ${path}/${name}`, SYS.mknod, `${path}/upper/${name}`, WHITEOUT, 0);
  }
  const layers = readOnly ? `lowerdir=${path}/upper:.` : `lowerdir=.,upperdir=${path}/upper,workdir=${path}/work`;
  mountMust(calls, `overlay ${path}`, 'fauxen', path, 'overlay', MS.NOSUID, layers);
  for (const { point, tree } of trees) {
    calls.must(`bind ${point}`, SYS.move_mount, tree, '', OPEN_TREE.AT_FDCWD, point, OPEN_TREE.FROM_EMPTY_PATH);
  }
}

/** Splits a/b/c into a, a/b, a/b/c. */
function parents(path: string): string[] {
  const words = path.split('/');
  return words.map((_, index) => words.slice(0, index + 1).join('/'));
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

/** Sockets and FIFOs below a directory, except in the excluded ones. */
function meetingPoints(directory: string, excluded: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const visit = (folder: string) => {
    for (const name of namesIn(folder)) {
      const path = `${folder}/${name}`;
      if (excluded.has(path)) continue;
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats?.isDirectory()) visit(path);
      else if (stats?.isSocket() || stats?.isFIFO()) found.push(path);
    }
  };
  visit(directory);
  return found;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // gone, or we may not read it
  }
}
