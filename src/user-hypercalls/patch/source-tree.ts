// A source tree of Xen: a checkout or an unpacked release, with the user's changes.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { say } from '../../language/say.ts';
import { isXenVersion, type XenVersion, xenVersions } from '../../xen/abi/abi.ts';
import { LoadError } from '../load-error.ts';
import { type KnownFile, wholeFile } from './known-file.ts';
import { isHypervisor } from './xen-path.ts';

/** The hypervisor's folders with the code of hypercalls. */
const folders = ['common', 'arch/x86', 'drivers', 'lib', 'include', 'xsm'];

/** Whether a path given with --hypercalls is a folder, and thus a source tree. */
export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

export class SourceTree {
  /** Absolute path of the folder with xen/, tools/ and docs/. */
  readonly root: string;
  readonly #files = new Map<string, KnownFile | undefined>();

  /** Throws LoadError if the folder is no source tree of Xen. */
  constructor(directory: string) {
    const given = resolve(directory);
    const root = ['', '..'].map((up) => resolve(given, up)).find((each) => isXen(each));
    if (root === undefined || (root !== given && !given.endsWith('/xen'))) {
      throw new LoadError(
        given,
        say('{directory}: no source tree of Xen: it has no xen/include/public/xen.h', { directory: given }),
      );
    }
    this.root = root;
  }

  /** The tree's release, from its Makefile; undefined if it is not there. */
  get version(): XenVersion | undefined {
    const makefile = this.#read('xen/Makefile') ?? '';
    const major = /^(?:export )?XEN_VERSION\s*=\s*(\d+)/m.exec(makefile)?.[1];
    const minor = /^(?:export )?XEN_SUBVERSION\s*=\s*(\d+)/m.exec(makefile)?.[1];
    const version = `${major}.${minor}`;
    // An unreleased version is nearest to the newest release.
    return isXenVersion(version) ? version : major === '4' && Number(minor) > 20 ? xenVersions.at(-1) : undefined;
  }

  /** A file by its path from the root; undefined if there is none. */
  get(path: string): KnownFile | undefined {
    if (!this.#files.has(path)) {
      const text = this.#read(path);
      this.#files.set(path, text === undefined ? undefined : wholeFile(path, text, join(this.root, path)));
    }
    return this.#files.get(path);
  }

  /** Paths of the hypervisor's sources for x86. */
  sources(): string[] {
    const found: string[] = [];
    const visit = (folder: string): void => {
      for (const entry of entriesOf(join(this.root, folder))) {
        const path = `${folder}/${entry.name}`;
        if (entry.isDirectory()) visit(path);
        else if (/\.[chS]$/.test(entry.name) && (isHypervisor(path) || path.endsWith('entry.S'))) found.push(path);
      }
    };
    for (const folder of folders) visit(`xen/${folder}`);
    return found;
  }

  /** Texts of the public headers for x86, as `textOf` gives them. */
  publicHeaders(textOf: (path: string) => string | undefined): string[] {
    return this.sources()
      .filter((path) => /^xen\/include\/public\/(?!arch-(?!x86))/.test(path))
      .map((path) => textOf(path) ?? '');
  }

  #read(path: string): string | undefined {
    try {
      return readFileSync(join(this.root, path), 'utf8');
    } catch {
      return undefined; // there is none
    }
  }
}

function isXen(root: string): boolean {
  return statSync(join(root, 'xen/include/public/xen.h'), { throwIfNoEntry: false })?.isFile() === true;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // a release without it
  }
}
