import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The command lines of all processes, with their arguments separated by blanks. */
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

/** Waits up to `milliseconds` until no process has `part` in its command line; returns whether that happened. */
export async function disappears(part: string, milliseconds = 20_000): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; ) {
    if (!commandLines().some((line) => line.includes(part))) return true;
    await sleep(20);
  }
  return false;
}

/** A program that does nothing for a long time. */
export function idleIn(directory: string): ChildProcess {
  return spawn('sleep', ['30'], { cwd: directory, stdio: 'ignore' });
}

/**
 * The processes that have a variable (`NAME=value`) in their environment. A test sets it for what it starts, and children inherit
 * it. Unlike the id of a process or a namespace, it is never reused by other processes.
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

/** Resident memory of a process in MiB. */
export const residentMb = (pid: number | undefined): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
