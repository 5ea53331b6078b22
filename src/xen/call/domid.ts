import { DOMID_SELF, type Domain } from '../domain/domain.ts';
import { errno } from '../errno.ts';
import type { Call } from './call.ts';

/** The domain of an id, DOMID_SELF being the caller. */
export function anyDomain(call: Call, id: number): Domain | undefined {
  return id === DOMID_SELF ? call.domain : call.hypervisor.domains.get(id);
}

/** A domain other than the caller, or -errno: the caller's own id and DOMID_SELF are refused. */
export function remoteDomain(call: Call, id: number): Domain | number {
  const domain = call.hypervisor.domains.get(id);
  if (domain === undefined) return -errno.ESRCH;
  return domain === call.domain ? -errno.EPERM : domain;
}

/** Xen's XSM_TARGET: a domain may act on itself, a privileged domain on all. */
export function mayTarget(caller: Domain, domain: Domain): boolean {
  return caller === domain || caller.privileged;
}
