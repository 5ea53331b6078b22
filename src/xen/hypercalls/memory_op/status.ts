import type { Abi } from '../../abi/abi.ts';
import { behaves } from '../../abi/behaviour.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import type { Call } from '../../call/call.ts';
import { anyDomain, mayTarget } from '../../call/domid.ts';
import { supported, unsupported } from '../../call/hypercall.ts';
import type { Domain } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import type { MemoryOperation } from './memory_op.ts';

const domid = new Uint8Array(2);
const domidView = new DataView(domid.buffer);

/** Operations whose argument is a pointer to a domain id. */
function ofDomain(name: string, value: (domain: Domain) => number): MemoryOperation {
  return {
    name,
    status: supported,
    perform(call, address, start) {
      if (start !== 0) return -errno.EINVAL;
      if (!call.copyFromGuest(address, domid)) return -errno.EFAULT;
      const domain = anyDomain(call, domidView.getUint16(0, true));
      if (domain === undefined) return -errno.ESRCH;
      return mayTarget(call.domain, domain) ? value(domain) : -errno.EPERM;
    },
  };
}

/** How much memory there is, and how much a domain has. */
export function statusOperations(abi: Abi): readonly MemoryOperation[] {
  return [
    {
      name: 'maximum_ram_page',
      status: supported,
      perform: (call, _address, start) => (start === 0 ? call.hypervisor.memory.heap.maxPage : -errno.EINVAL),
    },
    ofDomain('current_reservation', (domain) => domain.memory.totalPages),
    ofDomain('maximum_reservation', (domain) => domain.memory.maxPages),
    ofDomain('maximum_gpfn', (domain) => domain.memory.maximumGfn),
    // Nothing is shared in a release: both count zero pages.
    { name: 'get_sharing_freed_pages', status: supported, noStartExtent: true, perform: () => 0 },
    { name: 'get_sharing_shared_pages', status: supported, noStartExtent: true, perform: () => 0 },
    ...(behaves(abi, 'memoryPaging') ? [pagingOp] : []),
    podTarget(abi, 'set_pod_target'),
    podTarget(abi, 'get_pod_target'),
  ];
}

const paging = stableLayout('xen_mem_paging_op', 'op:u8 domain:u16 gfn:u64 buffer:u64');

/** XENMEM_paging_op, of releases that have memory paging: the machine's hardware has not. */
const pagingOp: MemoryOperation = {
  name: 'paging_op',
  status: unsupported('ENODEV', 'memory paging needs hardware that the machine has not'),
  perform(call, address) {
    const view = call.structFromGuest(address, paging);
    if (view === undefined) return -errno.EFAULT;
    const domain = anyDomain(call, paging.field('domain').get(view));
    return domain === undefined ? -errno.ESRCH : -errno.ENODEV;
  },
};

function podTarget(abi: Abi, name: 'set_pod_target' | 'get_pod_target'): MemoryOperation {
  const struct = abi.struct('xen_pod_target');
  const target = struct.field('target_pages');
  const total = struct.field('tot_pages');
  const cache = struct.field('pod_cache_pages');
  const entries = struct.field('pod_entries');
  const domain = struct.field('domid');
  const pvToo = behaves(abi, 'podTargetOfPv');
  return {
    name,
    status: supported,
    noStartExtent: true,
    perform(call: Call, address: number): number {
      const view = call.structFromGuest(address, struct);
      if (view === undefined) return -errno.EFAULT;
      const of = anyDomain(call, domain.get(view));
      if (of === undefined) return -errno.ESRCH;
      const { memory } = of;
      if (!memory.translated && !pvToo) return -errno.EINVAL;
      if (!call.domain.privileged) return -errno.EPERM;
      if (name === 'set_pod_target') {
        if (target.get(view) > memory.maxPages) return -errno.EINVAL;
        if (!memory.setPodTarget(target.get(view))) return -errno.ENOMEM;
      }
      total.set(view, memory.totalPages);
      cache.set(view, memory.podCache);
      entries.set(view, memory.podEntries);
      return call.structToGuest(address, view);
    },
  };
}
