import { accessSync, constants } from 'node:fs';

/** Where Debian puts the tools of a release of Xen. */
export const XEN_BIN = '/usr/lib/xen-4.17/bin';

/** What the toolstack consists of, and the package that has it. */
const needed = [
  { path: `${XEN_BIN}/xenstored`, package: 'xen-utils-4.17' },
  { path: `${XEN_BIN}/xen-init-dom0`, package: 'xen-utils-4.17' },
  { path: `${XEN_BIN}/xenconsoled`, package: 'xen-utils-4.17' },
  { path: '/usr/bin/xenstore-exists', package: 'xenstore-utils' },
] as const;

/** A sentence that says what is missing on this machine and how to get it; undefined if nothing is. */
export function missingPackages(): string | undefined {
  const missing = needed.filter(({ path }) => !isExecutable(path));
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.map((each) => each.package))].join(' ');
  const paths = missing.map(({ path }) => path).join(', ');
  return `--toolstack needs ${paths}, which this machine lacks. Run: apt install ${packages}`;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
