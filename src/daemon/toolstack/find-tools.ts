// Finds Xen's own tools in the layouts of Debian, Fedora and its derivatives, and `make install`.

import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Paths of the programs that a dom0 starts. */
export interface XenTools {
  /** Their Xen release, such as 4.17; undefined if it cannot be read from their files. */
  release?: string;
  /** Xen's xenstored in C, or oxenstored if that is the only one. */
  xenstored: string;
  initDom0: string;
  xenconsoled: string;
  xenstoreExists: string;
  xenstoreWrite: string;
  /** Directories with the remaining tools, for the PATH. */
  path: string[];
}

type Program = 'xenstored' | 'initDom0' | 'xenconsoled' | 'xenstoreExists' | 'xenstoreWrite';

const names: Record<Program, readonly string[]> = {
  xenstored: ['xenstored', 'oxenstored'],
  initDom0: ['xen-init-dom0'],
  xenconsoled: ['xenconsoled'],
  xenstoreExists: ['xenstore-exists'],
  xenstoreWrite: ['xenstore-write'],
};

/** Directories below a prefix where `make install` puts daemons and helpers, depending on the configured libexecdir. */
const PLACES = ['sbin', 'bin', 'lib/xen/bin', 'lib64/xen/bin', 'libexec/xen/bin', 'libexec/xen'];
const PREFIXES = ['/usr/local', '/usr', '/opt/xen'];

/** A location that may have tools. */
interface Layout {
  release?: string;
  /** Description of the location, for messages. */
  at: string;
  folders: string[];
}

export interface Found {
  tools?: XenTools;
  /** Set if tools are incomplete: a sentence that names what is missing. */
  missing?: string;
}

/** Finds the tools for --tools: a directory, a release, or by default the newest. `root` replaces / in tests. */
export function findTools(wanted?: string, root = '/'): Found {
  if (wanted !== undefined && !isRelease(wanted)) return inDirectory(wanted, root);
  const complete = [...debianLayouts(root), ...prefixLayouts(PREFIXES.map((prefix) => join(root, prefix)))]
    .map((layout) => ({ layout, found: lookIn(layout, root) }))
    .filter(({ found }) => found.tools !== undefined);
  const fitting = complete.filter(({ found }) => wanted === undefined || found.tools?.release === wanted);
  const [newest] = fitting.sort((a, b) => compareReleases(b.found.tools?.release, a.found.tools?.release));
  if (newest !== undefined) return newest.found;
  if (wanted === undefined) return { missing: nothingFound(root) };
  const others = complete.map(({ layout, found }) => `${found.tools?.release ?? 'unknown'} in ${layout.at}`);
  return { missing: `there are no tools of Xen ${wanted} (found: ${others.length > 0 ? others.join(', ') : 'none'})` };
}

export const isRelease = (text: string) => /^\d+\.\d+$/.test(text);

/** A directory of programs, Debian's /usr/lib/xen-4.17, a prefix or one of its directories, or the DESTDIR of `make install`. */
function inDirectory(directory: string, root: string): Found {
  const release = /(?:^|\/)xen-(\d+\.\d+)(?:\/bin)?\/?$/.exec(directory)?.[1];
  const folders = [directory, join(directory, 'bin')];
  const own: Layout = { at: directory, folders, ...(release !== undefined && { release }) };
  // Only some of them are in /usr/local/sbin; the others are elsewhere below its prefix.
  const whole = resolve(directory);
  const above = PLACES.filter((place) => whole.endsWith(`/${place}`)).map((place) => whole.slice(0, -place.length - 1));
  const prefixes = prefixLayouts([directory, join(directory, 'usr/local'), join(directory, 'usr'), ...above]);
  const tried = [own, ...prefixes].map((layout) => lookIn(layout, root));
  return tried.find(({ tools }) => tools !== undefined) ?? { missing: `${directory}: ${tried[0]?.missing}` };
}

function debianLayouts(root: string): Layout[] {
  const library = join(root, 'usr/lib');
  return entries(library).flatMap((name) => {
    const release = /^xen-(\d+\.\d+)$/.exec(name)?.[1];
    const at = join(library, name, 'bin');
    return release === undefined ? [] : [{ release, at, folders: [at] }];
  });
}

function prefixLayouts(prefixes: string[]): Layout[] {
  return prefixes.map((prefix) => ({ at: prefix, folders: PLACES.map((place) => join(prefix, place)) }));
}

/** The xenstore clients have a separate package, and those of another release work too. */
function lookIn({ release, at, folders }: Layout, root: string): Found {
  const clients = [...folders, join(root, 'usr/bin'), join(root, 'usr/local/bin')];
  const paths: Record<Program, string | undefined> = {
    xenstored: first(folders, names.xenstored),
    initDom0: first(folders, names.initDom0),
    xenconsoled: first(folders, names.xenconsoled),
    xenstoreExists: first(clients, names.xenstoreExists),
    xenstoreWrite: first(clients, names.xenstoreWrite),
  };
  const { xenstored, initDom0, xenconsoled, xenstoreExists, xenstoreWrite } = paths;
  if (!xenstored || !initDom0 || !xenconsoled || !xenstoreExists || !xenstoreWrite) {
    const absent = (Object.keys(names) as Program[]).filter((each) => paths[each] === undefined); // keys() widens to string
    return { missing: `${absent.map((each) => names[each][0]).join(', ')} missing in ${at}` };
  }
  const known = release ?? linkedRelease(xenconsoled);
  const tools = { xenstored, initDom0, xenconsoled, xenstoreExists, xenstoreWrite, path: folders.filter(isFolder) };
  return { tools: { ...tools, ...(known !== undefined && { release: known }) } };
}

/** What is missing at a location that has only some of a dom0's programs. */
function nothingFound(root: string): string {
  const [debian] = debianLayouts(root);
  const partly = debian === undefined ? undefined : lookIn(debian, root).missing;
  return (
    partly ??
    `no xenstored, xen-init-dom0 and xenconsoled in ${join(root, 'usr/lib/xen-*/bin')}, ${PREFIXES.join(', ')}`
  );
}

/** The Xen release in the name of a library that the program is linked with. */
function linkedRelease(program: string): string | undefined {
  return /libxenctrl\.so\.(\d+\.\d+)/.exec(readFileSync(program, 'latin1'))?.[1];
}

function first(folders: readonly string[], wanted: readonly string[]): string | undefined {
  for (const name of wanted) {
    const found = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (found !== undefined) return found;
  }
  return undefined;
}

function compareReleases(a = '0.0', b = '0.0'): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const isFolder = (path: string) => entries(path).length > 0;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
