import type { Abi } from '../../abi/abi.ts';
import { anyDomain, mayTarget, remoteDomain } from '../../domid.ts';
import { errno } from '../../errno.ts';
import { partial, unsupported } from '../../hypercall.ts';
import type { MemoryOperation } from './memory_op.ts';

/** Operations that answer only why they cannot: no domain here has virtual NUMA or a monitor ring. */
export function accessOperations(abi: Abi): readonly MemoryOperation[] {
  const access = abi.struct('xen_mem_access_op');
  const accessDomid = access.field('domid');
  const topology = abi.struct('xen_vnuma_topology_info');
  const topologyDomid = topology.field('domid');
  const pad = topology.field('pad');
  return [
    {
      name: 'access_op',
      status: unsupported('ENODEV', 'no domain has a monitor ring'),
      perform(call, address) {
        const view = call.structFromGuest(address, access);
        if (view === undefined) return -errno.EFAULT;
        const domain = remoteDomain(call, accessDomid.get(view));
        if (typeof domain === 'number') return domain;
        if (!domain.memory.translated) return -errno.EINVAL;
        return call.domain.privileged ? -errno.ENODEV : -errno.EPERM;
      },
    },
    {
      name: 'get_vnumainfo',
      status: partial('no domain has virtual NUMA nodes: EOPNOTSUPP'),
      perform(call, address, start) {
        if (start !== 0) return -errno.EINVAL;
        const view = call.structFromGuest(address, topology);
        if (view === undefined) return -errno.EFAULT;
        if (pad.get(view) !== 0) return -errno.EINVAL;
        const domain = anyDomain(call, topologyDomid.get(view));
        if (domain === undefined) return -errno.ESRCH;
        return mayTarget(call.domain, domain) ? -errno.EOPNOTSUPP : -errno.EPERM;
      },
    },
  ];
}
