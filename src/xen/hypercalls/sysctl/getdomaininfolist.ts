import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { DomainRecords } from '../../domain/domain-records.ts';
import { errno } from '../../errno.ts';
import { domainInfoWriter } from '../domctl/domaininfo.ts';
import { sysctlFamily } from './family.ts';

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
      const { domains } = hypervisor;
      if (domains.records?.write !== write) domains.records = new DomainRecords(write, entryBytes, entryOffset);
      const { records } = domains;
      records.refresh(domains, hypervisor.now());
      const from = records.find(first.get(view));
      const copied = Math.min(max.get(view), records.count - from);
      const length = copied * entryBytes;
      if (length > 0 && !call.copyToGuest(buffer.get(view), records.bytes, length, from * entryBytes))
        return -errno.EFAULT;
      count.set(view, copied);
      return 0;
    };
  },
});

export const domainListOperations = [getdomaininfolist];
