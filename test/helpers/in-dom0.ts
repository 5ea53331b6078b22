import { join } from 'node:path';
import { missing } from './capabilities.ts';
import { fauxen } from './fauxen.ts';

/** For the `skip` option of tests that run Xen's tools in a dom0. */
export const withoutTools = missing('fuse', 'root', 'xenTools', 'xenstored', 'xenstoreUtils');

/** Enough for two daemons to start on a busy machine. */
const TIMEOUT = 50_000;

/** Runs a script in a dom0 with Xen's tools, started with these options of fauxen. */
export function bashInDom0(script: string, options: readonly string[] = [], env = process.env) {
  return fauxen(['run', '--toolstack', ...options, '--', 'bash', '-c', script], { timeout: TIMEOUT, env });
}

/** Runs `all.sh` of a folder in a dom0 with Xen's tools and the guests of its `scenario.yaml`. */
export function folderInDom0(folder: string, timeout: number) {
  const scenario = ['--scenario', join(folder, 'scenario.yaml')];
  return fauxen(['run', '--quiet', '--toolstack', ...scenario, '--', 'bash', join(folder, 'all.sh')], { timeout });
}
