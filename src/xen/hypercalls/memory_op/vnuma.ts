import type { Abi } from '../../abi/abi.ts';
import { anyDomain, mayTarget } from '../../call/domid.ts';
import { partial } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import type { MemoryOperation } from './memory_op.ts';

/** XENMEM_get_vnumainfo: no domain here has virtual NUMA. */
export function vnumaOperations(abi: Abi): readonly MemoryOperation[] {
  const topology = abi.struct('xen_vnuma_topology_info');
  const domid = topology.field('domid');
  const pad = topology.field('pad');
  return [
    {
      name: 'get_vnumainfo',
      status: partial('no domain has virtual NUMA nodes: EOPNOTSUPP'),
      perform(call, address, start) {
        if (start !== 0) return -errno.EINVAL;
        const view = call.structFromGuest(address, topology);
        if (view === undefined) return -errno.EFAULT;
        if (pad.get(view) !== 0) return -errno.EINVAL;
        const domain = anyDomain(call, domid.get(view));
        if (domain === undefined) return -errno.ESRCH;
        return mayTarget(call.domain, domain) ? -errno.EOPNOTSUPP : -errno.EPERM;
      },
    },
  ];
}
