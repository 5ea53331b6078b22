import { openSync } from 'node:fs';
import { O_PATH } from '../../linux/open-file.ts';

/** Of the process, like its working directory, which Node cannot keep. */
let lost: number | undefined;

/** Leaves a working directory that was removed, because Node's threads cannot start in it. The program still starts in it. */
export function leaveLostDirectory(): void {
  lost = openSync('.', O_PATH);
  process.chdir('/');
}

/** A descriptor of the original working directory. */
export function lostDirectory(): number | undefined {
  return lost;
}
