import type { Call } from '../call/call.ts';
import { DOMID_IO, DOMID_SELF, DOMID_XEN, type Domain } from '../domain/domain.ts';

/**
 * The owner of the pages that a call acts on: DOMID_SELF for the caller, or another domain's id; the caller's own id is refused. 'system'
 * means the pages of devices and of Xen.
 */
export function pageOwner(call: Call, domid: number): Domain | 'system' | undefined {
  if (domid === DOMID_SELF) return call.domain;
  if (domid === DOMID_IO || domid === DOMID_XEN) return 'system';
  const domain = call.hypervisor.domains.get(domid);
  return domain === call.domain ? undefined : domain;
}
