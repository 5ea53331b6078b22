/**
 * Checks that the lock file pins each package by its hash, that all come from the registry, and that each package with an install
 * script is listed here. Otherwise prints a list and exits with 1.
 */
import { readFileSync } from 'node:fs';

interface LockedPackage {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  hasInstallScript?: boolean;
  os?: string[];
  libc?: string[];
  optional?: boolean;
}

/** Packages with an install script. None runs: setup and the publishing workflow use --ignore-scripts. */
const WANT_SCRIPTS = new Set(['node_modules/esbuild', 'node_modules/koffi', 'node_modules/ioctl']);

/** Packages for other platforms than Linux on x86-64 with glibc; npm never fetches them here. docs/dependencies.md says why they lack a hash. */
const isElsewhere = (path: string) => /^node_modules\/@biomejs\/cli-(?!linux-x64$)/.test(path);

const { lockfileVersion, packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  lockfileVersion: number;
  packages: Record<string, LockedPackage>;
};
const wrong: string[] = [];
if (lockfileVersion !== 3) wrong.push(`lock file version ${lockfileVersion}, not 3`);
for (const [path, locked] of Object.entries(packages)) {
  if (path === '') continue;
  const where = `${path}@${locked.version}`;
  if (locked.link) wrong.push(`${where}: a link`);
  if (locked.resolved !== undefined && !locked.resolved.startsWith('https://registry.npmjs.org/'))
    wrong.push(`${where}: from ${locked.resolved}`);
  if (locked.integrity === undefined ? !isElsewhere(path) : !locked.integrity.startsWith('sha512-'))
    wrong.push(`${where}: integrity ${locked.integrity ?? 'missing'}`);
  if (locked.hasInstallScript && !WANT_SCRIPTS.has(path)) wrong.push(`${where}: has an install script`);
}
for (const line of wrong) console.error(line);
console.log(`lock file: ${Object.keys(packages).length - 1} packages, ${wrong.length} wrong`);
process.exitCode = wrong.length === 0 ? 0 : 1;
