// The devices that a program gets without a mount, in emulated containers: descriptors, event channels, mappings.

import t from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { compile } from '../../helpers/compile.ts';
import { inContainer } from './container.ts';

t.test(
  'descriptors, directories and event channels',
  { skip: missing('root', 'mount', 'gcc', 'static') },
  async (t) => {
    const program = compile(t, 'test/daemon/mountless/programs/devices.c', ['-static', '-pthread']);
    const docker = await inContainer(t, { rules: 'docker', user: 65534 }, ['-q', '--', program]);
    t.match(docker, { status: 0, stdout: 'done\n', stderr: '' });
    const strict = await inContainer(t, { rules: 'strict', user: 0 }, ['-q', '--', program, 'untraceable']);
    t.match(strict, {
      status: 0,
      stdout: 'done\n',
      stderr: /cannot go to \/proc\/xen: cannot trace thread \d+: EPERM/,
    });
  },
);

t.test(
  'memory of a guest is mapped in the caller',
  { skip: missing('root', 'mount', 'gcc', 'xenHeaders') },
  async (t) => {
    const program = compile(t, 'foreign-rules.c', ['-Wno-unused-function', '-lxenctrl']);
    const docker = await inContainer(t, { rules: 'docker', user: 65534 }, ['-q', '--', program]);
    t.notMatch(docker.stdout, /^not ok/m);
    t.match(docker, { status: 0, stdout: /^done$/m, stderr: '' });
    const strict = await inContainer(t, { rules: 'strict', user: 65534 }, ['--dmesg', '-q', '--', program]);
    t.match(strict.stderr, /privcmd: no memory mapped: cannot trace thread \d+: EPERM/, 'the ring says why not');
  },
);
