import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import type { ChildCalls } from '../../linux/child-calls.ts';
import { MS } from '../../linux/mount.ts';
import { dataFile } from '../../package/place.ts';
import { mountMust } from '../run/mount-must.ts';
import { addOverlay } from '../run/overlay.ts';

/** State of the tools outside /run, empty at each start. libvirt does not create the directory of its log. */
const STATE = ['/var/lib/xen', '/var/log/xen', '/var/log/libvirt'];

/** Size limit of the private /run, which holds pid files, locks and sockets. */
const RUN_SIZE = '64m';

/** Directories of /run that belong to a dom0's daemons: not shared with the machine's own daemons. */
const OWN = ['xen', 'xenstored', 'libvirt'];

/** Where libvirt keeps its domains: existing files are visible, written files stay in this view. */
const LIBVIRT = ['/etc/libvirt', '/var/lib/libvirt'];

/** Scripts of Xen's that the toolstack runs for a guest's network interface, and what runs instead. */
const VIF_SCRIPTS = ['vif-bridge', 'vif-route', 'vif-nat', 'vif-openvswitch'].map((name) => `/etc/xen/scripts/${name}`);
const VIF_SCRIPT = dataFile('daemon/toolstack/vif-script');

const INTERFACES = '/sys/class/net';

/** Directories that are private in a dom0's view. */
export const PRIVATE = ['/sys', '/run', ...STATE, ...LIBVIRT];

/** Makes directories that a machine without Xen lacks, and a private /run. */
export function addDom0Directories(calls: ChildCalls): void {
  addOverlay(calls, '/sys', ['hypervisor', 'bus/xen-backend/devices'], { readOnly: true });
  const backends = '/sys/bus/xen-backend/devices';
  mountMust(calls, `mount a tmpfs on ${backends}`, 'fauxen', backends, 'tmpfs', MS.NOSUID | MS.NODEV, 'mode=755');
  // Guests' network interfaces appear beside the machine's own.
  if (existsSync(INTERFACES)) addOverlay(calls, INTERFACES, []);
  for (const script of VIF_SCRIPTS) {
    if (existsSync(script)) mountMust(calls, `bind ${script}`, VIF_SCRIPT, script, null, MS.BIND);
  }
  // All of /run is private, because it holds the pid files of xenstored and xenconsoled; /run/lock is part of it.
  addOverlay(calls, '/run', ['xen', 'xenstored', 'lock'], { size: RUN_SIZE, own: OWN });
  for (const path of LIBVIRT) if (existsSync(path)) addOverlay(calls, path, ['libxl']);
  for (const folder of new Set(STATE.map((path) => dirname(path)))) {
    const absent = STATE.filter((path) => dirname(path) === folder && !existsSync(path));
    if (absent.length > 0)
      addOverlay(
        calls,
        folder,
        absent.map((path) => basename(path)),
      );
  }
  for (const path of STATE) {
    mountMust(calls, `mount a tmpfs on ${path}`, 'fauxen', path, 'tmpfs', MS.NOSUID | MS.NODEV, 'mode=755');
    for (const name of directoriesIn(path)) calls.may(SYS.mkdir, `${path}/${name}`, 0o755);
  }
}

/** Directories of the machine that stay, empty: without /var/lib/xen/dump, for example, libxl cannot write a core dump. */
function directoriesIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  } catch {
    return []; // there is none
  }
}

/** `hidden`: the hidden directory of the FUSE mount. */
export function bindDom0Files(calls: ChildCalls, hidden: string): void {
  mountMust(calls, 'bind /sys/hypervisor', `${hidden}/sys/hypervisor`, '/sys/hypervisor', null, MS.BIND);
}
