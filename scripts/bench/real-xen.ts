// The alternative to Fauxen: the real Xen under QEMU, as scripts/real-xen boots it.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildDirectory, checkout, here } from './build.ts';

export interface RealXen {
  release: string;
  /** Seconds from the start of QEMU to the end of the program in dom0. */
  seconds: number;
  /** Microseconds of a hypercall from dom0's user space. */
  call: number;
}

const RELEASE = '4.17';

/** Boots it once. Throws the reason if it is not prepared here, which needs a download of 400 MB. */
export function measureRealXen(): RealXen {
  const kept = process.env.REALXEN ?? join(checkout, 'build/real-xen');
  if (!existsSync(join(kept, `xen-${RELEASE}`))) throw new Error(`first: scripts/real-xen prepare ${RELEASE}`);
  const program = join(buildDirectory, 'call-time');
  const gcc = spawnSync('gcc', ['-O2', '-static', '-o', program, join(here, 'call-time.c')], { encoding: 'utf8' });
  if (gcc.status !== 0) throw new Error(`cannot compile call-time.c: ${gcc.stderr.trim().split('\n')[0]}`);
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(join(checkout, 'scripts/real-xen'), ['run', RELEASE, program], {
    encoding: 'utf8',
    timeout: 150_000,
  });
  const seconds = (performance.now() - start) / 1000;
  const nanoseconds = /(\d+) ns a call/.exec(stdout)?.[1];
  if (nanoseconds === undefined) throw new Error(`ended with ${status}: ${stderr.trim().split('\n').at(-1)}`);
  return { release: RELEASE, seconds, call: Number(nanoseconds) / 1000 };
}
