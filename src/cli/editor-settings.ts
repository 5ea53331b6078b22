import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AMBIENT_MARK, ambientTypes } from '../user-hypercalls/ambient-types.ts';
import { above } from '../user-hypercalls/check/above.ts';
import { editorSettingsText } from '../user-hypercalls/template.ts';

/** The file with the types of Fauxen. */
export const TYPES = 'fauxen.d.ts';

/** Whether no package fauxen is installed for files of this directory. */
export const isLoose = (directory: string): boolean => above(directory, 'node_modules/fauxen').length === 0;

/** Gives editors and tsc the types of Fauxen where no package fauxen is installed, and settings where there are none. */
export function writeEditorSettings(directory: string): void {
  if (!isLoose(directory)) return;
  const types = join(directory, TYPES);
  if (!existsSync(types) || readFileSync(types, 'utf8').startsWith(AMBIENT_MARK)) writeFileSync(types, ambientTypes());
  if (above(directory, 'tsconfig.json').length > 0) return;
  writeFileSync(join(directory, 'tsconfig.json'), editorSettingsText, { flag: 'wx' });
}
