import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(import.meta.url);

/** The folder with Fauxen's package.json. Searches upwards, since bundled code is in a different folder than its source. */
export const packageRoot: string = findUpwards(dirname(here));

function findUpwards(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`cannot find Fauxen's package.json above ${here}: is the installation whole?`);
  return findUpwards(parent);
}

/** A file or folder beside the code that is not code, by its path below src: in a checkout the source's, in a package a copy. */
export function dataFile(path: string): string {
  const source = join(packageRoot, 'src', path);
  return existsSync(source) ? source : join(packageRoot, 'dist', path);
}

/** The file that the hypervisor thread starts with: src/start.ts when built. */
export const threadEntry: URL = pathToFileURL(
  join(packageRoot, here.endsWith('.ts') ? 'src/daemon/hypervisor-thread/hypervisor-thread.ts' : 'dist/cli/main.js'),
);
