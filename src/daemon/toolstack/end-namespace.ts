import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long processes may take to end after SIGTERM. */
const GRACE_MS = 1_000;
const INTERVAL_MS = 10;
/** The same after SIGKILL, which takes effect only when an uninterruptible system call ends. */
const KILL_MS = 1_000;

/** Ends every process in a mount namespace other than this process's own, identified as in /proc/PID/ns/mnt. */
export async function endNamespace(namespace: string): Promise<void> {
  if (namespace === namespaceOf('self')) return;
  signalAll(namespace, 'SIGTERM');
  if (await emptied(namespace, GRACE_MS)) return;
  signalAll(namespace, 'SIGKILL');
  await emptied(namespace, KILL_MS);
}

async function emptied(namespace: string, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (members(namespace).length > 0) {
    if (performance.now() > deadline) return false;
    await sleep(INTERVAL_MS);
  }
  return true;
}

function signalAll(namespace: string, signal: NodeJS.Signals): void {
  for (const pid of members(namespace)) {
    try {
      process.kill(pid, signal);
    } catch {
      // it has ended meanwhile
    }
  }
}

function members(namespace: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && namespaceOf(name) === namespace)
    .map(Number);
}

/** Undefined for a process that has ended, including a zombie. */
export function namespaceOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`);
  } catch {
    return undefined;
  }
}
