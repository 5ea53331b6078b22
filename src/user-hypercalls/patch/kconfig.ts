// Options of Xen's configuration that a patch adds. Its code is compiled with these options switched on.

import { say } from '../../language/say.ts';
import type { ChangedTree } from './changed-tree.ts';
import type { Place } from './diff.ts';
import type { Note } from './tables/note.ts';

interface Option {
  readonly name: string;
  readonly at: Place;
  isBool: boolean;
  default?: string | undefined;
}

export interface AddedOptions {
  /** C definitions: CONFIG_NAME is 1, or the default of an option with a number. */
  readonly defines: string;
  /** Options that are off by default. */
  readonly notes: readonly Note[];
}

export function addedOptions(tree: ChangedTree): AddedOptions {
  const options: Option[] = [];
  let open: Option | undefined;
  for (const [path, line] of tree.added()) {
    if (!/(^|\/)Kconfig(\.\w+)?$/.test(path)) continue;
    const name = /^(?:menu)?config\s+(\w+)/.exec(line.text)?.[1];
    if (name !== undefined) {
      open = { name, at: line.at, isBool: true };
      options.push(open);
    } else if (open !== undefined) {
      if (/^\s+(int|hex)\b/.test(line.text)) open.isBool = false;
      const value = /^\s+(?:default|def_bool)\s+(\S+)/.exec(line.text)?.[1];
      open.default ??= value;
    }
  }
  return {
    defines: options
      .map((option) => `#define CONFIG_${option.name} ${option.isBool ? 1 : (option.default ?? 0)}\n`)
      .join(''),
    notes: options
      .filter((option) => option.isBool && !/^[yY!A-Z]/.test(option.default ?? 'n'))
      .map(({ name, at }) => ({
        level: 'info',
        at,
        text: say(
          'CONFIG_{name} is on here; a build of Xen leaves it off: add "default y", or switch it on with make menuconfig',
          { name },
        ),
      })),
  };
}
