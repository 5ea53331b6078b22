import { readFileSync } from 'node:fs';

export interface MountPoint {
  path: string;
  type: string;
}

/** This process's mounts in the order in which they were made (proc(5), mountinfo). */
export function mountTable(): MountPoint[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [before = '', after = ''] = line.split(' - ');
      return { path: unescapePath(before.split(' ')[4] ?? ''), type: after.split(' ')[0] ?? '' };
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
