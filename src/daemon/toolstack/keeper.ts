import { spawn } from 'node:child_process';
import { namespaceOf } from './end-namespace.ts';

/**
 * Waits for the pipe to this process to break, and kills whoever is in the mount namespace then: twice, for those that were about
 * to be born.
 */
const SCRIPT = `
  read -r _
  for round in 1 2; do
    for process in /proc/[0-9]*; do
      [ "$(readlink "$process/ns/mnt")" = "$1" ] && kill -9 "\${process##*/}"
    done
  done`;

/**
 * A shell that ends what is in a mount namespace when this process is killed and cannot do so itself: dom0's daemons have left
 * their parent, and would stay. In a session of its own, so that what ends this one's process group does not end it. `held` is a
 * descriptor of the namespace: while that is open, its number is given to no other. Returns how to dismiss it.
 */
export function startKeeper(namespace: string, held: number): () => void {
  if (!/^mnt:\[\d+\]$/.test(namespace) || namespace === namespaceOf('self')) return () => {};
  const keeper = spawn('/bin/sh', ['-c', SCRIPT, 'fauxen-keeper', namespace], {
    stdio: ['pipe', 'ignore', 'ignore', held],
    detached: true,
    cwd: '/',
  });
  keeper.on('error', () => {}); // no descriptor or process to spare: then there is none
  keeper.stdin?.on('error', () => {}); // it has been killed itself
  keeper.unref();
  return () => void keeper.kill('SIGKILL');
}
