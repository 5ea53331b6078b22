import { join } from 'node:path';
import { fauxen } from './fauxen.ts';

/** Runs `all.sh` of a folder in a dom0 with the tools, beside the guests of its `scenario.yaml`. */
export function inDom0(folder: string, timeout: number) {
  const scenario = ['--scenario', join(folder, 'scenario.yaml')];
  return fauxen(['run', '--quiet', '--toolstack', ...scenario, '--', 'bash', join(folder, 'all.sh')], { timeout });
}
