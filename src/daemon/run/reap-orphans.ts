import { readFileSync } from 'node:fs';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import { systemCall } from '../../linux/libc.ts';
import { Child } from './child.ts';

const WNOHANG = 1;

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
