import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package/place.ts';

/** The first line of a fauxen.d.ts, by which Fauxen recognises its own file. */
export const AMBIENT_MARK =
  '// @ts-nocheck Made by fauxen new: the types of Fauxen, for a folder where no package fauxen is installed.';

/**
 * The text of a fauxen.d.ts: the package's types as an ambient module, which works with every compiler and every setting of module
 * resolution. It is not type-checked itself, since it may not suit a project's settings.
 */
export function ambientTypes(): string {
  const types = readFileSync(join(packageRoot, 'dist/index.d.ts'), 'utf8');
  const members = types.replace(/^export \{ \}\n?$/m, '').replace(/^(export )?declare /gm, '$1');
  return `${AMBIENT_MARK}\n\ndeclare module 'fauxen' {\n${members}}\n`;
}
