// Programs that people run on a Xen host, in one dom0: monitoring, configuration management, cluster managers, libvirt's clients. Each
// as Debian has it.

import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';
import { plainFolder } from '../helpers/plain-folder.ts';
import { programs } from '../toolcheck/programs.ts';

const skip = missing(
  'fuse',
  'root',
  'ptrace',
  'xenTools',
  'xenstored',
  'grubXen',
  'libvirtXen',
  'virtInstall',
  'loopDevices',
  'hostPrograms',
);

const scenario = `domains:
  - { name: web, type: pvh, memory: 16M, state: idle }
built: { network: { receive: 100K, send: 100K }, disk: { write: 100K } }
`;
const guest = (folder: string) => `<domain type="xen">
  <name>lv</name><memory unit="MiB">64</memory><vcpu>2</vcpu>
  <os><type arch="x86_64" machine="xenpvh">xenpvh</type><kernel>/usr/lib/grub-xen/grub-i386-xen_pvh.bin</kernel></os>
  <devices>
    <disk type="file" device="disk"><driver name="phy"/><source file="${folder}/disk.img"/><target dev="xvda" bus="xen"/></disk>
    <interface type="ethernet"><mac address="00:16:3e:11:22:33"/><script path="/bin/true"/></interface>
    <console type="pty"/>
  </devices>
</domain>
`;

const domains = `import libvirt
for domain in libvirt.open('xen:///system').listAllDomains():
    card = {} if domain.ID() == 0 else {'vif2.0': domain.interfaceStats('vif2.0')}
    print(domain.name(), domain.info(), domain.memoryStats(), card)
`;

const store = `import pyxs
with pyxs.Client(unix_socket_path='/run/xenstored/socket') as client:
    first = client.read(b'/local/domain/1/name')
with pyxs.Client(xen_bus_path='/dev/xen/xenbus') as client:
    second = client.read(b'/local/domain/1/name')
    client.transaction()
    client.write(b'/tool/programs', b'changed')
    client.commit()
    third = client.read(b'/tool/programs')
    client.delete(b'/tool/programs')
    print(first.decode(), second.decode(), third.decode(), client.exists(b'/tool/programs'))
`;

/** Ganeti's own code for Xen, without a cluster. */
const cluster = (unpacked: string) => `import sys, tempfile
sys.path.insert(0, '${unpacked}/usr/share/ganeti/3.0')
from ganeti import constants, errors, objects
from ganeti.hypervisor import hv_xen
xen = hv_xen.XenPvmHypervisor(_cmd='xl', _cfgdir=tempfile.mkdtemp())
xen.REBOOT_RETRY_INTERVAL = 1
xen._EnsureDirs = lambda *_: None
listed = xen._GetInstanceList
def steady(*arguments):
    while True:
        try:
            return listed(*arguments)
        except errors.HypervisorError as error: # Ganeti does not know the state of a domain that is being destroyed, as ---srd
            if 'unhandled Xen instance state' not in str(error):
                raise
xen._GetInstanceList = steady
node = xen.GetNodeInfo()
print(node['hv_version'], node['memory_dom0'], xen.GetInstanceInfo('web'))
parameters = dict(constants.HVC_DEFAULTS[constants.HT_XEN_PVM], xen_cmd='xl', initrd_path='',
                  kernel_path='/usr/lib/grub-xen/grub-x86_64-xen.bin')
made = objects.Instance(name='made', hvparams=parameters, nics=[], disks=[], osparams={}, primary_node='here',
                        beparams={'minmem': 64, 'maxmem': 64, 'memory': 64, 'vcpus': 1})
xen.StartInstance(made, [], False)
print(xen.GetInstanceInfo('made'))
xen.BalloonInstanceMemory(made, 48)
xen.RebootInstance(made)
print(xen.GetInstanceInfo('made'))
xen.StopInstance(made)
print('made' if xen.GetInstanceInfo('made') else 'gone')
`;

const collectd = (folder: string) => `Interval 0.3
BaseDir "${folder}"
PluginDir "/usr/lib/collectd"
TypesDB "/usr/share/collectd/types.db"
LoadPlugin virt
LoadPlugin csv
<Plugin csv>
  DataDir "stdout"
</Plugin>
<Plugin virt>
  Connection "xen:///system"
  HostnameFormat name
</Plugin>
`;

/** Steps that need more than a line: a guest with a disk and a network interface, and programs that run until they are ended. */
const prelude = `export LIBVIRT_DEFAULT_URI=xen:///system LC_ALL=C
# Facter ends where root may not look at the first process, as in some containers.
cat /proc/1/environ >/dev/null 2>&1 || mount --bind /dev/null /proc/1/environ
until_() { for _ in $(seq 300); do eval "$1" >/dev/null 2>&1 && return; sleep 0.1; done; echo "never: $1"; }
libvirtd -d -p /run/libvirtd.pid || exit
until_ 'virsh uri'
virsh -q define guest.xml && virsh -q start lv || exit
until_ 'virsh domifstat lv vif2.0 | grep "rx_bytes [1-9]"'; until_ 'virsh domblkstat lv xvda | grep "wr_bytes [1-9]"'
exported() {
  port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  $U/usr/bin/prometheus-libvirt-exporter --libvirt.uri xen:///system --web.listen-address 127.0.0.1:$port & pid=$!
  fetch="/usr/bin/python3 -c 'import urllib.request as u; print(u.urlopen(\\"http://127.0.0.1:$port/metrics\\").read().decode())'"
  until_ "$fetch"; eval "$fetch"; kill $pid; wait $pid
}
collected() {
  collectd -f -C collectd.conf >collected 2>&1 & pid=$!
  until_ 'grep -q if_octets-vif2.0 collected'; kill $pid; wait $pid; cat collected
}
console() {
  mkfifo keys; script -qefc 'virsh console lv' said <keys >/dev/null & pid=$!
  exec 9>keys; until_ 'grep -q "simulated guest" said'
  printf 'echo typed-%s\\n' here >&9; until_ 'grep -q "^typed-here" said'
  printf '\\035' >&9; exec 9>&-; wait $pid; cat said
}
`;

t.test('programs for Xen hosts find what they need', { skip }, async (t) => {
  const folder = plainFolder(t, {
    'disk.img': Buffer.alloc(4 << 20),
    'second.img': Buffer.alloc(4 << 20),
    'scenario.yaml': scenario,
    'domains.py': domains,
    'store.py': store,
  });
  writeFileSync(join(folder, 'guest.xml'), guest(folder));
  writeFileSync(join(folder, 'collectd.conf'), collectd(folder));
  const unpacked = join(folder, 'unpacked'); // the checkout's own path may have blanks
  symlinkSync(resolve('build/unpacked'), unpacked);
  writeFileSync(join(folder, 'cluster.py'), cluster(unpacked));
  const all = programs();
  const lines = all.map(({ command }, index) => `{ ${command}; } </dev/null >${index}.out 2>&1`);
  writeFileSync(join(folder, 'all.sh'), `cd ${folder}\nU='${unpacked}'\n${prelude}${lines.join('\n')}\n`);
  const { stderr } = await fauxen(
    [
      'run',
      '--quiet',
      '--toolstack',
      '--scenario',
      join(folder, 'scenario.yaml'),
      '--',
      'bash',
      join(folder, 'all.sh'),
    ],
    { timeout: 110_000 },
  );
  for (const [index, { name, command, pattern }] of all.entries()) {
    const output = readFileSync(join(folder, `${index}.out`), 'utf8').replaceAll('\r', '');
    t.match(output, new RegExp(pattern, 'm'), `${name}: ${command}\n${stderr}`);
    t.notMatch(output, /^never: /m, name);
  }
});
