import { openSync } from 'node:fs';

const O_PATH = 0o10000000; // asm-generic/fcntl.h

let lost: number | undefined;

/**
 * Where this process's working directory has been removed, leaves it: Node's threads do not start in one. The program is to be in it
 * all the same.
 */
export function leaveLostDirectory(): void {
  try {
    process.cwd();
  } catch {
    lost = openSync('.', O_PATH);
    process.chdir('/');
  }
}

/** A descriptor of the directory that was left. */
export function lostDirectory(): number | undefined {
  return lost;
}
