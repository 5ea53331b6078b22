import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AMBIENT_MARK, ambientTypes } from '../user-hypercalls/ambient-types.ts';
import { above } from '../user-hypercalls/check/above.ts';
import { editorSettingsText } from '../user-hypercalls/template.ts';

/** The file with the types of Fauxen. */
export const TYPES = 'fauxen.d.ts';

/** Whether files in this directory cannot import an installed package fauxen. */
export const lacksPackage = (directory: string): boolean => above(directory, 'node_modules/fauxen').length === 0;

/** Writes the types of Fauxen for editors and tsc if no package fauxen is installed, and a tsconfig.json if there is none. */
export function writeEditorSettings(directory: string): void {
  if (!lacksPackage(directory)) return;
  const types = join(directory, TYPES);
  if (!existsSync(types) || readFileSync(types, 'utf8').startsWith(AMBIENT_MARK)) writeFileSync(types, ambientTypes());
  if (above(directory, 'tsconfig.json').length > 0) return;
  writeFileSync(join(directory, 'tsconfig.json'), editorSettingsText, { flag: 'wx' });
}
