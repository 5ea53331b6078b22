import { readFileSync } from 'node:fs';

export interface MountPoint {
  path: string;
  type: string;
  /** The file system's own: for FUSE user_id=, group_id= and so on. */
  options: string[];
}

/** This process's mounts in the order in which they were made (proc(5), mountinfo). */
export function mountTable(): MountPoint[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [before = '', after = ''] = line.split(' - ');
      const [type = '', , options = ''] = after.split(' ');
      return { path: unescapePath(before.split(' ')[4] ?? ''), type, options: options.split(',') };
    });
}

/** Whether what is mounted on top of that directory is Fauxen's. */
export function isFauxenMount(directory: string): boolean {
  return mountTable().findLast(({ path }) => path === directory)?.type === 'fuse.fauxen';
}

/** mountinfo writes a blank as \040. */
function unescapePath(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
