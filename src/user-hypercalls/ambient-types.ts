import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package/place.ts';

/** The first line of a fauxen.d.ts, by which it is known as ours. */
export const AMBIENT_MARK =
  '// @ts-nocheck Made by fauxen new: the types of Fauxen, for a folder where no package fauxen is installed.';

/**
 * The text of a fauxen.d.ts: the package's types as an ambient module, which every compiler and every setting of module resolution
 * finds. Not checked itself: a project's settings are not made for it.
 */
export function ambientTypes(): string {
  const types = readFileSync(join(packageRoot, 'dist/index.d.ts'), 'utf8');
  const members = types.replace(/^export \{ \}\n?$/m, '').replace(/^(export )?declare /gm, '$1');
  return `${AMBIENT_MARK}\n\ndeclare module 'fauxen' {\n${members}}\n`;
}
