// The library. A hypercall file imports the same name.

export * from './daemon/main-thread/library.ts';
export * from './user-hypercalls/api.ts';
export { loadAbi, type XenVersion, xenVersions } from './xen/abi/abi.ts';
export { createHypervisor } from './xen/create-hypervisor.ts';
export type { Hypervisor, HypervisorOptions } from './xen/hypervisor.ts';
export { defaultMachine, type Host, type Machine } from './xen/machine/machine.ts';
