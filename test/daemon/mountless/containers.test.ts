// A static program in emulated containers where nothing can be mounted: results, errors, descriptors, threads, processes and signals.

import t from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { compile } from '../../helpers/compile.ts';
import { type Container, inContainer } from './container.ts';

const passed = /^checked \d+\ndone 20\n$/;
const privcmd = '/proc/xen/privcmd';
const needed = ['root', 'mount', 'gcc', 'static'] as const;

let compiled: string | undefined;

/** test/programs/transports.c: results, errors, descriptors, threads, processes and signals, in a static program. */
function transports(): string {
  compiled ??= compile(t, 'transports.c', ['-pthread', '-static']);
  return compiled;
}

const containers: Record<string, Container> = {
  'Docker, root': { rules: 'docker', user: 0 },
  'Docker, another user, with processes hidden': { rules: 'docker', user: 65534, proc: 'hidepid=2' },
  'Docker with --cap-add SYS_ADMIN, but AppArmor': { rules: 'nomount', user: 0, admin: true, fuse: true },
  'Docker with --device /dev/fuse': { rules: 'docker', user: 65534, fuse: true },
  'Podman, where no memory may be copied': { rules: 'strict', user: 65534 },
};

for (const [name, container] of Object.entries(containers)) {
  t.test(`a static program in ${name}`, { skip: missing(...needed) }, async (t) => {
    const { status, stdout, stderr } = await inContainer(t, container, ['--', transports(), privcmd]);
    t.match(stdout, passed);
    t.match(stderr, /^fauxen: no mount \(cannot .*\n.*missing: setuid programs, other processes, .*\n/);
    t.equal(status, 0);
  });
}
