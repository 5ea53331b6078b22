import { readFileSync } from 'node:fs';

/** The Xen release in each Debian or Ubuntu release; it is part of the package name. */
const DEBIAN: Readonly<Record<string, string>> = { '11': '4.14', '12': '4.17', '13': '4.20' };
const UBUNTU: Readonly<Record<string, string>> = { '22.04': '4.16', '24.04': '4.17' };

/** A sentence that explains how to install Xen's tools on this distribution, determined from os-release(5). */
export function installAdvice(osRelease = readOsRelease()): string {
  const fields = Object.fromEntries(
    [...osRelease.matchAll(/^(\w+)=["']?(.*?)["']?$/gm)].map(([, name, value]) => [name, value]),
  );
  const { ID = '', ID_LIKE = '', VERSION_ID = '' } = fields;
  const kinds = [ID, ...ID_LIKE.split(' ')];
  if (kinds.includes('debian') || kinds.includes('ubuntu')) {
    const release = (ID === 'ubuntu' ? UBUNTU : DEBIAN)[VERSION_ID];
    const tools = release === undefined ? "'^xen-utils-4[.][0-9]+$'" : `xen-utils-${release}`;
    return `Run: apt-get install --no-install-recommends ${tools} xenstore-utils`;
  }
  if (kinds.includes('fedora') || kinds.includes('rhel')) return 'Run: dnf install xen-runtime';
  if (kinds.some((kind) => kind.includes('suse'))) return 'Run: zypper install xen-tools';
  if (kinds.includes('alpine')) return 'Run: apk add xen';
  return "Install Xen's tools with this system's package manager, or say where they are: --tools DIR";
}

function readOsRelease(): string {
  for (const path of ['/etc/os-release', '/usr/lib/os-release']) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      // the other one, or none
    }
  }
  return '';
}
