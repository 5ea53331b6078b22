import { behaves } from '../../abi/behaviour.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import { anyDomain, mayTarget } from '../../call/domid.ts';
import { supported, unsupported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { Domain } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import { fromFirst, memoryFamily } from './family.ts';

// How much memory there is, and how much a domain has.

const domainId = stableLayout('domid_t', 'domid:u16');

/** Operations whose argument is a pointer to a domain id. */
const ofDomain = (name: string, value: (domain: Domain) => number) =>
  operation({
    family: memoryFamily,
    name,
    status: supported,
    argument: domainId,
    before: fromFirst,
    bind({ field }) {
      const domid = field('domid');
      return ({ call, caller, view }) => {
        const domain = anyDomain(call, domid.get(view));
        if (domain === undefined) return -errno.ESRCH;
        return mayTarget(caller, domain) ? value(domain) : -errno.EPERM;
      };
    },
  });

const maximumRamPage = operation({
  family: memoryFamily,
  name: 'maximum_ram_page',
  status: supported,
  before: fromFirst,
  handler: ({ hypervisor }) => hypervisor.memory.heap.maxPage,
});

/** No memory is shared in a release build: both counts are zero. */
const sharing = (name: 'get_sharing_freed_pages' | 'get_sharing_shared_pages') =>
  operation({ family: memoryFamily, name, status: supported, noStartExtent: true, handler: () => 0 });

const noPagingHardware = unsupported('ENODEV', 'memory paging needs hardware that the machine lacks');

const pagingOp = operation({
  family: memoryFamily,
  name: 'paging_op',
  status: unsupported('ENOSYS', 'release builds of Xen have no memory paging'),
  statusIn: (abi) => (behaves(abi, 'memoryPaging') ? noPagingHardware : undefined),
  argument: stableLayout('xen_mem_paging_op', 'op:u8 domain:u16 gfn:u64 buffer:u64'),
  copies: 'itself',
  bind({ abi, field }) {
    if (!behaves(abi, 'memoryPaging')) return () => -errno.ENOSYS;
    const domid = field('domain');
    return ({ call, address, bytes, view }) => {
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      return call.hypervisor.domains.get(domid.get(view)) === undefined ? -errno.ESRCH : -errno.ENODEV;
    };
  },
});

const sharingOp = operation({
  family: memoryFamily,
  name: 'sharing_op',
  status: unsupported('ENOSYS', 'release builds of Xen have no memory sharing'),
  copies: 'itself',
});

/** An operation of Xen 3.2. */
const translateGpfnList = operation({
  family: memoryFamily,
  name: 'translate_gpfn_list',
  status: unsupported('ENOSYS', 'not modelled'),
  copies: 'itself',
});

export const statusOperations = [
  maximumRamPage,
  ofDomain('current_reservation', (domain) => domain.memory.totalPages),
  ofDomain('maximum_reservation', (domain) => domain.memory.maxPages),
  // Xen returns an int.
  ofDomain('maximum_gpfn', (domain) => domain.memory.maximumGfn | 0),
  sharing('get_sharing_freed_pages'),
  sharing('get_sharing_shared_pages'),
  pagingOp,
  sharingOp,
  translateGpfnList,
];
