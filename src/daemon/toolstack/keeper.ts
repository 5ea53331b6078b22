import { spawn } from 'node:child_process';
import { namespaceOf } from './end-namespace.ts';

/**
 * Waits for the pipe from this process to break, then kills all processes in the mount namespace, twice to include processes that were
 * just being forked, and removes the /dev/xen that runs have made (run/devices.ts) if no other run holds it.
 */
const SCRIPT = `
  read -r _
  for round in 1 2; do
    for process in /proc/[0-9]*; do
      [ "$(readlink "$process/ns/mnt")" = "$1" ] && kill -9 "\${process##*/}"
    done
  done
  [ "$(stat -c %a /dev/xen)" = 555 ] && flock -n -x /dev/xen rmdir /dev/xen`;

/**
 * Starts a shell that ends all processes in a mount namespace if this process is killed: those that have detached from their parent, as
 * dom0's daemons do, would keep running. It has its own session, so that a signal to this process group does not end it. `held` is a
 * descriptor of the namespace, which keeps its inode number from being reused. Returns a function that dismisses the shell.
 */
export function startKeeper(namespace: string, held: number): () => void {
  if (!/^mnt:\[\d+\]$/.test(namespace) || namespace === namespaceOf('self')) return () => {};
  const keeper = spawn('/bin/sh', ['-c', SCRIPT, 'fauxen-keeper', namespace], {
    stdio: ['pipe', 'ignore', 'ignore', held],
    detached: true,
    cwd: '/',
  });
  keeper.on('error', () => {}); // out of descriptors or processes: go without a keeper
  keeper.stdin?.on('error', () => {}); // it has been killed itself
  keeper.unref();
  return () => void keeper.kill('SIGKILL');
}
