import { accessSync, constants } from 'node:fs';

/** The path of a program on the PATH; the name itself if it is not found. */
export function findOnPath(name: string): string {
  for (const directory of (process.env.PATH ?? '').split(':')) {
    const path = `${directory}/${name}`;
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not in this one
    }
  }
  return name;
}
