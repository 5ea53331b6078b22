// What programs that detect Xen see, in every kind of domain.

import { spawnSync } from 'node:child_process';
import t from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { fauxen } from '../../helpers/fauxen.ts';

const skip = missing('fuse', 'mount', 'root');
const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

const script = `cat /proc/xen/capabilities
cat /sys/hypervisor/type /sys/hypervisor/guest_type /sys/hypervisor/version/extra
ls /sys/bus | grep xen
test -e /sys/class/dmi/id && cd /sys/class/dmi/id && cat sys_vendor product_name product_version product_uuid bios_date
test -d /sys/class/net && echo the rest of sys`;

const description = 'Xen\nHVM domU\n4.17.7\nfa0e0000-0000-4000-8000-000000000001\n11/23/2026\n';
const seen: Readonly<Record<string, string>> = {
  pv: 'xen\nPV\n.7\nxen\nthe rest of sys\n',
  pvh: 'xen\nPVH\n.7\nxen\nthe rest of sys\n',
  hvm: `xen\nHVM\n.7\nxen\n${description}the rest of sys\n`,
};

for (const [persona, expected] of Object.entries(seen)) {
  t.test(`programs in a ${persona} guest see what its kernel and firmware say`, { skip }, async (t) => {
    const { status, stdout, stderr } = await fauxen(['run', '--quiet', '--persona', persona, '--', 'sh', '-c', script]);
    t.equal(stdout, expected, stderr);
    t.equal(status, 0);
  });
}

t.test("dom0's programs see that it is dom0, and the real machine's description", { skip }, async (t) => {
  const { stdout } = await fauxen(['run', '--quiet', '--persona', 'dom0', '--', 'sh', '-c', script]);
  t.match(stdout, /^control_d\nxen\nPV\n\.7\nxen\nxen-backend\n/);
  t.notMatch(stdout, /HVM domU/);
});

t.test('systemd-detect-virt and virt-what tell guests from dom0', { skip }, async (t) => {
  for (const persona of ['dom0', 'pv', 'pvh', 'hvm']) {
    const tools = 'systemd-detect-virt --vm; virt-what 2>/dev/null; dmidecode -s system-product-name 2>/dev/null';
    const { stdout } = await fauxen(['run', '--quiet', '--persona', persona, '--', 'sh', '-c', tools]);
    if (has('systemd-detect-virt')) t.equal(/^xen\n/.test(stdout), persona !== 'dom0', `${persona}: ${stdout}`);
    if (has('virt-what')) t.match(stdout, persona === 'dom0' ? /^xen-dom0$/m : /^xen-domU$/m);
    if (has('dmidecode')) t.equal(/^HVM domU$/m.test(stdout), persona === 'hvm', `${persona}: ${stdout}`);
  }
});

t.test('an impossible persona is refused', async (t) => {
  for (const [args, message] of [
    [['--persona', 'hvm', '--toolstack'], '--persona hvm cannot be combined with --toolstack'],
    [['--persona', 'dom0', '--domain', '3'], '--persona dom0 cannot be combined with --domain'],
    [['--persona', 'pv', '--transport', 'seccomp-only'], '--persona needs a mount of its own'],
  ] as const) {
    const { status, stderr } = await fauxen(['run', ...args, '--', 'true']);
    t.equal(status, 2);
    t.match(stderr, message);
  }
});
