import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { MS, mount } from '../../linux/mount.ts';
import { mustMount } from '../mount/must-mount.ts';
import { overlay } from '../run/overlay.ts';
import { HIDDEN } from '../run/view-names.ts';

/** State of the tools outside /run, empty at each start. */
const STATE = ['/var/lib/xen', '/var/log/xen'];

/** Room for what is written to the private /run: pid files, locks, sockets. */
const RUN_SIZE = '64m';

/** Before FUSE covers /proc: directories that a machine without Xen lacks, and a private /run. */
export function overlayDom0Directories(): void {
  overlay('/sys', ['hypervisor', 'bus/xen-backend/devices'], { readOnly: true });
  // As a whole, for the pid files of xenstored and xenconsoled lie in it; /run/lock is part of it.
  overlay('/run', ['xen', 'xenstored', 'lock'], { size: RUN_SIZE });
  for (const path of STATE) {
    if (!existsSync(path)) overlay(dirname(path), ['xen']);
    mustMount(`mount a tmpfs on ${path}`, mount('fauxen', path, 'tmpfs', MS.NOSUID | MS.NODEV, 'mode=755'));
  }
}

/** Once FUSE is mounted on /proc. */
export function bindDom0Files(): void {
  const source = `/proc/${HIDDEN}/sys/hypervisor`;
  mustMount('bind /sys/hypervisor', mount(source, '/sys/hypervisor', null, MS.BIND));
}
