import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The folders among a folder and its parents in which a name exists, the nearest first. */
export function above(folder: string, name: string): string[] {
  const found: string[] = [];
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, name))) found.push(join(at, name));
    if (dirname(at) === at) return found;
  }
}
