// Xen's files after one patch or a series.

import { say } from '../../language/say.ts';
import { LoadError } from '../load-error.ts';
import { readSource } from '../read-source.ts';
import { type FileDiff, parseDiff } from './diff.ts';
import { KnownFile, type Line } from './known-file.ts';

/** Returns a file of a source tree, or undefined. Without a tree, only the patch is known. */
export type Base = (path: string) => KnownFile | undefined;

export class ChangedTree {
  /** Files that were changed, by path. */
  readonly files = new Map<string, KnownFile>();
  readonly deleted = new Set<string>();
  readonly #base: Base | undefined;

  constructor(base?: Base) {
    this.#base = base;
  }

  /** Applies patch files in their order. Throws LoadError. */
  static ofPatches(files: readonly string[], base?: Base): ChangedTree {
    const tree = new ChangedTree(base);
    for (const file of files) {
      for (const diff of parseDiff(file, readSource(file))) tree.apply(diff);
    }
    return tree;
  }

  /** The current text of a file: as changed, else as in the tree. */
  get(path: string): KnownFile | undefined {
    if (this.deleted.has(path)) return undefined;
    return this.files.get(path) ?? this.#base?.(path);
  }

  apply(diff: FileDiff): void {
    const { kind, path, oldPath, at } = diff;
    const refuse = (reason: string): never => {
      throw new LoadError(at.file, `${at.file}:${at.line}: ${reason}`);
    };
    if (kind === 'new') {
      if (this.get(path) !== undefined) refuse(say('{path} is created, but it is there already', { path }));
      this.deleted.delete(path);
      this.files.set(path, new KnownFile(path, true));
    } else if (kind === 'renamed' || kind === 'copied') {
      const from = this.get(oldPath) ?? this.#unknown(oldPath);
      this.files.set(path, from.as(path));
      if (kind === 'renamed') {
        this.files.delete(oldPath);
        this.deleted.add(oldPath);
      }
    }
    if (this.deleted.has(path)) refuse(say('{path} is changed, but an earlier part of the patch removes it', { path }));
    const file = this.get(path) ?? this.#unknown(path);
    file.apply(diff);
    if (kind === 'deleted') {
      this.files.delete(path);
      this.deleted.add(path);
    } else this.files.set(path, file);
  }

  /** Lines that the patches add, with the path of their file. */
  *added(): Generator<[path: string, line: Line]> {
    for (const [path, { pieces }] of this.files) {
      for (const { lines } of pieces) for (const line of lines) if (line.state === 'added') yield [path, line];
    }
  }

  /** Macros that the patches take away, by their definition or by their `case`. */
  removedNames(): Set<string> {
    const names = (wanted: 'added' | 'gone') =>
      [...this.files.values()].flatMap(({ pieces }) =>
        pieces.flatMap(({ lines }) =>
          lines.flatMap(({ state, text }) => {
            const name = state === wanted ? /^\s*(?:#\s*define|case)\s+([A-Za-z_]\w*)/.exec(text)?.[1] : undefined;
            return name === undefined ? [] : [name];
          }),
        ),
      );
    const added = new Set(names('added'));
    return new Set(names('gone').filter((name) => !added.has(name)));
  }

  #unknown(path: string): KnownFile {
    if (this.#base !== undefined)
      throw new LoadError(path, say('{path}: the source tree has no such file, but the patch changes it', { path }));
    return new KnownFile(path, false);
  }
}
