import { behaves } from '../../abi/behaviour.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { DOMID_FIRST_RESERVED } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import { domainInfoWriter } from './domaininfo.ts';
import { domctlFamily } from './family.ts';

/** XEN_DOMCTL_getdomaininfo: the domain with the lowest id that is at least the one asked for; later, that one only. */
const getdomaininfo = operation({
  family: domctlFamily,
  name: 'getdomaininfo',
  status: supported,
  target: 'any',
  argument: 'getdomaininfo',
  copies: 'both',
  bind({ abi, struct }) {
    const exact = behaves(abi, 'domainInfoExact');
    const id = struct.field('domain');
    const info = struct.field('u.getdomaininfo');
    const write = domainInfoWriter(struct, 'u.getdomaininfo.');
    return (request) => {
      const { view, bytes, hypervisor, call } = request;
      const asked = id.get(view);
      if (asked >= DOMID_FIRST_RESERVED && !exact) return -errno.EINVAL;
      const domain = exact ? hypervisor.domains.get(asked) : hypervisor.domains.next(asked);
      if (domain === undefined) return -errno.ESRCH;
      if (!call.domain.privileged) return -errno.EPERM;
      bytes.fill(0, info.offset, info.offset + info.size);
      write(domain, hypervisor.now(), view, 0);
      id.set(view, domain.id);
      return 0;
    };
  },
});

export const getdomaininfoOperations = [getdomaininfo];
