import { readFileSync } from 'node:fs';

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

/** Whether the topmost mount on that directory is Fauxen's. */
export function isFauxenMount(directory: string): boolean {
  return mountTable().findLast(({ path }) => path === directory)?.type === 'fuse.fauxen';
}

/** Other mount points of the file system that is mounted on that directory, newest first. */
export function otherMountPoints(directory: string): string[] {
  const table = mountTable();
  const at = table.findLastIndex(({ path }) => path === directory);
  const device = table[at]?.device;
  return table
    .filter((each, index) => index !== at && each.device === device)
    .map(({ path }) => path)
    .reverse();
}

/** mountinfo writes a blank as \040. */
function unescapePath(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
