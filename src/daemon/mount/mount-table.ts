import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

export interface MountPoint {
  path: string;
  type: string;
  /** The file system's own options: for FUSE user_id=, group_id= and so on. */
  options: string[];
  /** The file system's device number, as major:minor. */
  device: string;
}

/** This process's mounts in the order in which they were made (proc(5), mountinfo). */
export function mountTable(): MountPoint[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [before = '', after = ''] = line.split(' - ');
      const [, , device = '', , path = ''] = before.split(' ');
      const [type = '', , options = ''] = after.split(' ');
      return { path: unescapePath(path), type, device, options: options.split(',') };
    });
}

/** Most symbolic links in a row that Linux follows. */
const MOST_LINKS = 40;

/** The path of a directory in the mount table, where no symbolic links are. Asks no file system that is mounted on it: it may hang. */
export function pathInTable(directory: string, links = MOST_LINKS): string {
  try {
    const path = join(realpathSync(dirname(directory)), basename(directory));
    const target = linkAt(path);
    return target === undefined || links === 0 ? path : pathInTable(resolve(dirname(path), target), links - 1);
  } catch {
    return directory; // its next use gets the error
  }
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** Whether the topmost mount on that directory is Fauxen's. */
export function isFauxenMount(directory: string): boolean {
  return mountTable().findLast(({ path }) => path === directory)?.type === 'fuse.fauxen';
}

/** The device number of the newest FUSE file system on that directory. */
export function deviceMountedOn(directory: string): string | undefined {
  return mountTable().findLast(({ path, type }) => path === directory && isFuse(type))?.device;
}

/**
 * The mount points of the FUSE file system with that device number, newest first. Not those that another mount covers: umount(2) would
 * remove the other one.
 */
export function mountPointsOf(device: string): string[] {
  const table = mountTable();
  const top = new Map(table.map((each) => [each.path, each]));
  return [...top.values()]
    .filter((each) => each.device === device && isFuse(each.type))
    .map(({ path }) => path)
    .reverse();
}

const isFuse = (type: string) => type.startsWith('fuse');

/** mountinfo writes a blank as \040. */
function unescapePath(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
