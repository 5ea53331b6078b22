import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(import.meta.url);

/** The folder with Fauxen's package.json. Searches upwards, since bundled code is in a different folder than its source. */
export const packageRoot: string = findUpwards(dirname(here));

/** The folder that this code runs from: `dist` when built, `src` from a checkout's sources. */
const codeRoot = join(packageRoot, here.endsWith('.ts') ? 'src' : 'dist');

function findUpwards(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`cannot find Fauxen's package.json above ${here}: is the installation whole?`);
  return findUpwards(parent);
}

/** A thread's entry file. `name`: its path in src without the extension. */
export function entryFile(name: string): URL {
  return pathToFileURL(join(codeRoot, `${name}${here.endsWith('.ts') ? '.ts' : '.js'}`));
}
