/** Every package in the lock file has a licence that suits an MIT project. Exit status 1 and a list if one does not. */
import { readFileSync } from 'node:fs';

const suitable = new Set(
  ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'Python-2.0'].concat(
    'CC-BY-3.0', // spdx-exceptions: data, development only
    'WTFPL',
  ),
);

/** Packages without a licence in package.json, checked by hand: the version, and the licence of its licence file. */
const read = new Map([['jsonc-simple-parser@3.0.0', 'MIT']]);

interface LockedPackage {
  version?: string;
  license?: string;
}

/** An SPDX expression with OR needs one suitable part; one with AND needs all parts suitable. */
const suits = (expression: string) =>
  expression
    .replace(/[()]/g, '')
    .split(/ OR /)
    .some((choice) => choice.split(/ AND /).every((licence) => suitable.has(licence)));

/** npm copies `license` only if it is a string; older packages use other forms. */
function licenceOf(path: string, locked: LockedPackage): string {
  const known = locked.license ?? read.get(`${path.replace(/.*node_modules\//, '')}@${locked.version}`);
  if (known !== undefined) return known;
  try {
    const { license, licenses } = JSON.parse(readFileSync(`${path}/package.json`, 'utf8'));
    return license?.type ?? licenses?.[0]?.type ?? 'none given';
  } catch {
    return 'none given';
  }
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const checked = Object.entries(packages).filter(([path]) => path !== '');
const unsuitable = checked.filter(([path, locked]) => !suits(licenceOf(path, locked)));
for (const [path, locked] of unsuitable) console.error(`${path}@${locked.version}: licence ${licenceOf(path, locked)}`);
console.log(`licences: ${checked.length} packages, ${unsuitable.length} unsuitable`);
process.exitCode = unsuitable.length === 0 ? 0 : 1;
