import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { domainInfoWriter } from '../domctl/domaininfo.ts';
import { sysctlFamily } from './family.ts';

/** Entries that are copied to the caller at a time: a copy costs as much as twenty entries. */
const BATCH = 512;
/** Room for a batch of the largest entry of any release. */
const MAX_ENTRY_BYTES = 128;
const bytes = new Uint8Array(BATCH * MAX_ENTRY_BYTES);
const batch = new DataView(bytes.buffer);

/** XEN_SYSCTL_getdomaininfolist: the domains from `first_domain` on, in the order of their ids. */
const getdomaininfolist = operation({
  family: sysctlFamily,
  name: 'getdomaininfolist',
  status: supported,
  argument: 'getdomaininfolist',
  copies: 'both',
  bind({ abi, field }) {
    const [first, max] = [field('first_domain'), field('max_domains')];
    const [buffer, count] = [field('buffer'), field('num_domains')];
    // An entry is what domctl's getdomaininfo has in its union.
    const domctl = abi.struct('xen_domctl');
    const { offset: entryOffset, size: entryBytes } = domctl.field('u.getdomaininfo');
    const write = domainInfoWriter(domctl, 'u.getdomaininfo.');
    return ({ call, hypervisor, view }) => {
      const now = hypervisor.now();
      const limit = max.get(view);
      let target = buffer.get(view);
      let copied = 0;
      let filled = 0;
      bytes.fill(0);
      for (
        let domain = hypervisor.domains.next(first.get(view));
        domain !== undefined && copied + filled < limit;
        domain = hypervisor.domains.next(domain.id + 1)
      ) {
        write(domain, now, batch, filled * entryBytes - entryOffset);
        filled += 1;
        if (filled < BATCH) continue;
        if (!call.copyToGuest(target, bytes, filled * entryBytes)) return -errno.EFAULT;
        target += filled * entryBytes;
        copied += filled;
        filled = 0;
      }
      if (filled > 0 && !call.copyToGuest(target, bytes, filled * entryBytes)) return -errno.EFAULT;
      count.set(view, copied + filled);
      return 0;
    };
  },
});

export const domainListOperations = [getdomaininfolist];
