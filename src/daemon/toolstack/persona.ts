// The places where programs detect Xen: /sys/hypervisor, /sys/bus/xen, and the machine's description by its firmware (DMI).

import { say } from '../../language/say.ts';
import type { ChildCalls } from '../../linux/child-calls.ts';
import { MS } from '../../linux/mount.ts';
import type { Persona } from '../protocol/settings.ts';
import { mountMust } from '../run/mount-must.ts';
import { addOverlay } from '../run/overlay.ts';
import { isInitialUserNamespace } from '../run/privileges.ts';
import { RunError } from '../run/run-error.ts';

/** Where Linux shows the firmware's tables, decoded and raw. The first is a link into /sys/devices on a machine that has them. */
const DMI = { fields: 'class/dmi/id', tables: 'firmware/dmi/tables' } as const;

/** Throws RunError where /sys cannot be covered. */
export function mustBeRoot(): void {
  if (process.getuid?.() === 0 && isInitialUserNamespace()) return;
  throw new RunError(say('--persona covers /sys: run it as root'));
}

/**
 * Makes the directories that the kernel of such a domain has. An HVM guest's firmware describes the machine as Xen's; dom0's is the real
 * one; PV and PVH guests have no such description.
 */
export function addPersona(calls: ChildCalls, persona: Persona): void {
  const buses = ['bus/xen/devices', ...(persona === 'dom0' ? ['bus/xen-backend/devices'] : [])];
  const described = persona === 'hvm' ? [DMI.fields, DMI.tables] : [];
  const absent = persona === 'pv' || persona === 'pvh' ? ['class/dmi', 'firmware/dmi'] : [];
  addOverlay(calls, '/sys', ['hypervisor', ...buses, ...described], { readOnly: true, absent });
}

/** `hidden`: the hidden directory of the FUSE mount. */
export function bindPersona(calls: ChildCalls, persona: Persona, hidden: string): void {
  mountMust(calls, 'bind /sys/hypervisor', `${hidden}/sys/hypervisor`, '/sys/hypervisor', null, MS.BIND);
  if (persona !== 'hvm') return;
  for (const [name, path] of Object.entries(DMI))
    mountMust(calls, `bind /sys/${path}`, `${hidden}/sys/dmi/${name}`, `/sys/${path}`, null, MS.BIND);
}
