// A release's numbers by the names that its headers give them.

import type { Abi, SubOperationFamily } from '../../xen/abi/abi.ts';

/** The hypercall of each family, by the prefix of its commands. */
const families: Partial<Readonly<Record<SubOperationFamily, string>>> = {
  XEN_SYSCTL: 'sysctl',
  XEN_DOMCTL: 'domctl',
  XENMEM: 'memory_op',
  XENVER: 'xen_version',
  EVTCHNOP: 'event_channel_op',
  GNTTABOP: 'grant_table_op',
  SCHEDOP: 'sched_op',
  PHYSDEVOP: 'physdev_op',
  VCPUOP: 'vcpu_op',
  XENPF: 'platform_op',
  HVMOP: 'hvm_op',
  CALLBACKOP: 'callback_op',
  CONSOLEIO: 'console_io',
  XEN_DMOP: 'dm_op',
};
const prefixes = Object.keys(families) as SubOperationFamily[]; // keys() widens to string

/** The hypercall of each prefix. */
export const commandPrefixes: ReadonlyMap<string, string> = new Map(Object.entries(families));

/** The release's numbers by the names of their macros. */
export function releaseNumbers(abi: Abi): Map<string, number> {
  const found = new Map(Object.entries(abi.hypercalls).map(([name, number]) => [`__HYPERVISOR_${name}`, number]));
  for (const prefix of prefixes)
    for (const [name, number] of Object.entries(abi.subOperations(prefix))) found.set(`${prefix}_${name}`, number);
  return found;
}

/** The release's own command with a number, by the name of its macro. */
export function commandOwner(abi: Abi, hypercall: string, number: number): string | undefined {
  const prefix = prefixes.find((each) => families[each] === hypercall);
  if (prefix === undefined || abi.hypercalls[hypercall] === undefined) return undefined;
  const name = Object.entries(abi.subOperations(prefix)).find(
    ([each, taken]) => taken === number && !isPart(each),
  )?.[0];
  return name === undefined ? undefined : `${prefix}_${name}`;
}

/** Headers number parts of commands with the same prefix. */
function isPart(name: string): boolean {
  return /^(cpu_(featureset|policy)_|vmtrace_(?!op$)|psr_(?!cmt_op$|alloc$|cat_op$)|(paging_op|access_op|sharing_op|resource)_)/.test(
    name,
  );
}
