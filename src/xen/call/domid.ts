import { DOMID_SELF, type Domain } from '../domain/domain.ts';
import { errno } from '../errno.ts';
import type { Call } from './call.ts';

/** The domain of an id, DOMID_SELF being the caller. */
export function anyDomain(call: Call, id: number): Domain | undefined {
  return id === DOMID_SELF ? call.domain : call.hypervisor.domains.get(id);
}

/** Another domain than the caller, or -errno: neither its own id nor DOMID_SELF will do. */
export function remoteDomain(call: Call, id: number): Domain | number {
  const domain = call.hypervisor.domains.get(id);
  if (domain === undefined) return -errno.ESRCH;
  return domain === call.domain ? -errno.EPERM : domain;
}

/** Xen's XSM_TARGET: a domain may do it to itself, a privileged one to all. */
export function mayTarget(caller: Domain, domain: Domain): boolean {
  return caller === domain || caller.privileged;
}
