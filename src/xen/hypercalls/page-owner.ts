import type { Call } from '../call/call.ts';
import { DOMID_IO, DOMID_SELF, DOMID_XEN, type Domain } from '../domain/domain.ts';

/**
 * The owner of the pages that a call acts on: DOMID_SELF for the caller, or another domain's id; the caller's own id is refused. 'io'
 * means the pages of devices, 'xen' those of Xen.
 */
export function pageOwner(call: Call, domid: number): Domain | 'io' | 'xen' | undefined {
  if (domid === DOMID_SELF) return call.domain;
  if (domid === DOMID_IO) return 'io';
  if (domid === DOMID_XEN) return 'xen';
  const domain = call.hypervisor.domains.get(domid);
  return domain === call.domain ? undefined : domain;
}
