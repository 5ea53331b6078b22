import { type FSWatcher, readdirSync, readFileSync, realpathSync, statSync, watch } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** A save causes several events (truncate, write, rename, chmod): the file is checked after a pause of this length. */
const SETTLE_MS = 25;

/** Poll interval, for mounts without file events (some network and container mounts). */
const LOOK_MS = 1_000;

/**
 * Watches source files and the files that they import by relative path. Watches directories, not files: an editor that saves by
 * renaming a new file into place would remove a watched file.
 */
export class FileWatch {
  readonly #onChange: (file: string) => void;
  readonly #watchers = new Map<string, FSWatcher>();
  /** The last seen state of each given file and its imports. */
  readonly #seen = new Map<string, { parts: string[]; state: string }>();
  #settling: NodeJS.Timeout | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(files: readonly string[], onChange: (file: string) => void) {
    this.#onChange = onChange;
    for (const file of files) this.#look(resolve(file));
    this.#timer = setInterval(() => this.#compare(), LOOK_MS).unref();
  }

  close(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#settling);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #look(file: string): void {
    const parts = [...withImports(file)];
    this.#seen.set(file, { parts, state: parts.map(stateOf).join('\n') });
    for (const part of parts) {
      this.#watchDirectory(dirname(part));
      this.#watchDirectory(dirname(real(part)));
    }
  }

  #watchDirectory(directory: string): void {
    if (this.#watchers.has(directory)) return;
    try {
      const watcher = watch(directory, { persistent: false }, (_event, name) => this.#changed(name));
      watcher.on('error', () => {
        watcher.close();
        this.#watchers.delete(directory);
      });
      this.#watchers.set(directory, watcher);
    } catch {
      // inotify's limit is reached or the directory is gone: the timer still polls
    }
  }

  #changed(name: string | null): void {
    const known = [...this.#seen.values()].some(({ parts }) =>
      parts.some((part) => name === null || basename(part) === name || basename(real(part)) === name),
    );
    if (!known) return;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#compare(), SETTLE_MS).unref();
  }

  #compare(): void {
    for (const [file, { parts, state }] of this.#seen) {
      // In the middle of an editor's rename the file is absent; its next event comes soon.
      if (stateOf(file) === ABSENT || parts.map(stateOf).join('\n') === state) continue;
      this.#look(file);
      this.#onChange(file);
    }
  }
}

const ABSENT = 'absent';

function stateOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? ABSENT : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}

function real(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** Folders of a Xen source tree that hold the sources of hypercalls. */
const sourceFolders = ['xen/common', 'xen/arch/x86', 'xen/include', 'common', 'arch/x86', 'include'];

/** The source files of a Xen tree. */
function sourcesOf(directory: string, found: Set<string>): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) sourcesOf(path, found);
    else if (/\.[chS]$/.test(entry.name)) found.add(path);
  }
}

/** A file and, recursively, its imports by relative path with an extension or `.ts`; for a folder, the Xen sources in it. */
function withImports(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    for (const folder of sourceFolders) {
      const path = join(file, folder);
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) sourcesOf(path, found);
    }
    return found;
  }
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch {
    return found;
  }
  for (const [, path = ''] of source.matchAll(/(?:from|import|require\()\s*['"](\.{1,2}\/[^'"]+)['"]/g)) {
    const target = resolve(dirname(file), path);
    for (const name of [target, `${target}.ts`, target.replace(/\.js$/, '.ts')]) {
      if (statSync(name, { throwIfNoEntry: false })?.isFile()) {
        withImports(name, found);
        break;
      }
    }
  }
  return found;
}
