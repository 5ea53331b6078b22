import { readFileSync } from 'node:fs';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import { systemCall } from '../../linux/libc.ts';
import { Child } from './child.ts';

const WNOHANG = 1;

const PR_SET_CHILD_SUBREAPER = 36;
const SIGKILL = 9;

/** Most rounds of ending processes. Each round ends the processes whose parents the previous round has ended. */
const ROUNDS = 1000;

/** The processes that this process has adopted. */
export interface Orphans {
  /** Ends them and all that they have started. */
  end(): void;
}

/** Makes this process a subreaper: processes whose parents end become its children, as those of an init do. */
export function adoptOrphans(): Orphans {
  systemCall(SYS.prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  if (process.pid !== 1) process.on('SIGCHLD', () => setImmediate(reap));
  return { end: endOrphans };
}

function endOrphans(): void {
  for (let round = 0; round < ROUNDS; round++) {
    const orphans = children().filter((pid) => !Child.pids.has(pid));
    if (orphans.length === 0) return;
    for (const pid of orphans) {
      systemCall(SYS.kill, pid, SIGKILL);
      systemCall(SYS.wait4, pid, 0, 0, 0);
    }
  }
}

/**
 * In the first process of a pid namespace, reaps orphans as an init does: they become its children, and would stay zombies. In other
 * processes it does nothing.
 */
export function reapOrphans(): void {
  if (process.pid !== 1) return;
  process.on('SIGCHLD', () => setImmediate(reap)); // after Node, which reaps its own children
}

function reap(): void {
  for (const pid of children()) if (!Child.pids.has(pid)) systemCall(SYS.wait4, pid, 0, WNOHANG, 0);
}

function children(): number[] {
  try {
    return readFileSync('/proc/thread-self/children', 'latin1').split(' ').filter(Boolean).map(Number);
  } catch {
    return []; // a kernel without CONFIG_PROC_CHILDREN
  }
}
