/**
 * The lock file pins each package by its hash and takes none from elsewhere than the registry; a package that wants to run a script
 * when it is installed is known here. Exit status 1 and a list if not so.
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

/** They want to: none may, for setup and the publishing workflow install with --ignore-scripts. */
const WANT_SCRIPTS = new Set(['node_modules/esbuild', 'node_modules/koffi', 'node_modules/ioctl']);

/** Of other platforms than Linux on x86-64 with glibc: docs/dependencies.md tells why they lack a hash. npm fetches none here. */
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
