// Checks whether this process may mount, and gets the privileges for it.

import { readFileSync } from 'node:fs';
import { say } from '../../language/say.ts';

const CAP_SYS_ADMIN = 21n;

/** Whether this process may make mounts in its user namespace. */
export function mayMount(): boolean {
  const [, bits] = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
  return bits !== undefined && ((BigInt(`0x${bits}`) >> CAP_SYS_ADMIN) & 1n) === 1n;
}

/** Whether this is the initial user namespace, whose root is the machine's root. */
export function isInitialUserNamespace(): boolean {
  return /^\s*0\s+0\s+4294967295\s*$/.test(readFileSync('/proc/self/uid_map', 'latin1'));
}

const UNSHARE = ['unshare', '--user', '--map-root-user', '--mount', '--propagation', 'slave'];

/**
 * Executes this command again in this process, as root of a new user namespace, with these descriptors and 0, 1 and 2. Does not return;
 * throws with advice if the machine does not allow it.
 */
export async function becomeNamespaceRoot(descriptors: readonly number[]): Promise<never> {
  const { spawnSync } = await import('node:child_process');
  const probe = spawnSync('unshare', [...UNSHARE.slice(1), 'true'], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (probe.status !== 0) {
    const said = probe.error?.message ?? probe.stderr.trim();
    throw new Error(say('cannot make a user namespace: {said}', { said }));
  }
  const { exec } = await import('../../linux/exec.ts');
  const { findOnPath } = await import('./find-on-path.ts');
  const again = [...UNSHARE, '--', process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const result = exec(findOnPath('unshare'), again, { keep: descriptors });
  throw new Error(say('cannot run unshare(1): errno {error}. Install util-linux, or run as root.', { error: -result }));
}
