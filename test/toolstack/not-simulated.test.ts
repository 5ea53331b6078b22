// What docs/not-simulated.md lists: each is met here, and what meets it is told so, by Fauxen or by Xen's own tools.

import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { plainFolder } from '../helpers/plain-folder.ts';

const skip = missing('fuse', 'root', 'ptrace', 'xenTools', 'xenstored', 'grubXen');
const skipHvm = skip || missing('xenQemu');

const scenario = 'domains:\n  - { name: g, type: pvh, memory: 16M, state: idle, networks: [{ send: 1K }] }\n';
const hvm = 'name = "h"\ntype = "hvm"\nmemory = 32\nvnc = 0\n';
const PAGE = 'docs/not-simulated.md';

async function run(t: Parameters<typeof plainFolder>[0], files: Readonly<Record<string, string>>, script: string) {
  const folder = plainFolder(t, { 'scenario.yaml': scenario, ...files });
  const inside = `cd ${folder}; export LC_ALL=C; { ${script} ; } 2>&1`;
  const args = ['run', '--toolstack', '--scenario', join(folder, 'scenario.yaml'), '--', 'bash', '-c', inside];
  return fauxen(args, { timeout: 60_000, env: { FAUXEN_LANG: 'en' } });
}

t.test(
  'a line names the first device of each kind of which only the states are simulated, and a backend that nothing serves',
  { skip },
  async (t) => {
    const { stderr } = await run(
      t,
      {},
      `xl vtpm-attach g uuid=5c8d1bb0-1f3c-4d3e-9c3e-111111111111 backend=0; xl vtpm-attach g uuid=5c8d1bb0-1f3c-4d3e-9c3e-222222222222 backend=0
     xl vkb-attach g backend-type=linux unique-id=k; timeout 2 xl network-attach g backend=g script=/bin/true`,
    );
    const said = stderr.split('\n').filter((line) => line.includes(PAGE));
    t.match(said, [
      /vtpm of domain 1: only its states/,
      /vinput of domain 1: only its states/,
      /no driver in domain 1 serves this vif/,
    ]);
    t.equal(said.length, 3, stderr);
  },
);

t.test(
  'an HVM guest says that its BIOS does not run; libxl that there is no stub domain',
  { skip: skipHvm },
  async (t) => {
    const { stdout, stderr } = await run(
      t,
      { 'h.cfg': hvm, 's.cfg': `${hvm.replace('"h"', '"s"')}device_model_stubdomain_override = 1\n` },
      'xl create s.cfg; xl create h.cfg && xl destroy h',
    );
    t.match(stdout, /could not access stubdomain kernel .*ioemu-stubdom/);
    t.equal(stderr.split('\n').filter((line) => line.includes(PAGE)).length, 1, stderr);
    t.match(stderr, /domain \d+ has QEMU as its device model, but its BIOS and kernel do not run/);
  },
);

t.test(
  'the tools of FLASK, live patches and PCI devices report what is missing, and a guest that a script answers',
  { skip },
  async (t) => {
    const { stdout } = await run(
      t,
      {
        patch: 'none',
        'p.cfg': `${hvm.replace('"h"', '"p"').replace('hvm', 'pvh')}kernel = "/usr/lib/grub-xen/grub-i386-xen_pvh.bin"\n`,
      },
      `xl create p.cfg; xl getenforce; xen-livepatch upload x patch; xl pci-attach g 00:00.0
     for _ in $(seq 100); do grep -qs simulated /var/log/xen/console/guest-p.log && break; sleep 0.1; done; cat /var/log/xen/console/guest-p.log
     ip link show vif1.0; ls /sys/class/net`,
    );
    t.match(stdout, /Flask XSM Disabled/);
    t.match(stdout, /Uploading patch\.\.\. failed\nError 22: Invalid argument/);
    t.match(stdout, /pciback driver (is )?not loaded/);
    t.match(stdout, /its kernel is in its memory but does not run/);
    t.match(stdout, /Device "vif1\.0" does not exist|ip: command not found/);
    t.match(stdout, /^vif1\.0$/m);
  },
);
