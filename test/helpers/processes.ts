import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The command lines of all processes, words separated by blanks. */
export function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return ''; // it ended meanwhile
      }
    });
}

/** Waits until no process has `part` in its command line; whether that came within `milliseconds`. */
export async function disappears(part: string, milliseconds = 20_000): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; ) {
    if (!commandLines().some((line) => line.includes(part))) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

/** A program that only has to be there. */
export function idleIn(directory: string): ChildProcess {
  return spawn('sleep', ['30'], { cwd: directory, stdio: 'ignore' });
}

/**
 * The processes that have a variable (`NAME=value`) in their environment, as a test put it there for those that it starts, and they for their children:
 * nobody else's, where the number of a process or of a namespace may be given anew.
 */
export function processesWith(mark: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'latin1').includes(`${mark}\0`);
    } catch {
      return false; // it ended meanwhile
    }
  });
}
