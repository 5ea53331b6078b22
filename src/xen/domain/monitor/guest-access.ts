import type { Hypervisor } from '../../hypervisor.ts';
import { ACCESS_RWX, pageAccesses } from '../../memory/page-access.ts';
import { type Domain, shutdownReasons } from '../domain.ts';
import { shutdownDomain } from '../lifecycle.ts';
import { accessBits } from './event.ts';

/** An access to a physical address, and the linear one by which it came. */
export interface GuestAccess {
  readonly frame: number;
  readonly offset: number;
  readonly kind: 'r' | 'w' | 'x';
  readonly linear?: bigint;
}

/**
 * A virtual CPU of a guest accesses one of the guest's pages. At a violation of mem_access this does what Xen does: it returns false, the
 * listener gets an event, and the virtual CPU waits for the answer and then tries again.
 */
export function guestAccess(
  hypervisor: Hypervisor,
  domain: Domain,
  vcpu: number,
  { frame, offset, kind, linear }: GuestAccess,
): boolean {
  const { access, views } = domain.memory.properties;
  const accesses = views?.of(vcpu) ?? access;
  if (accesses === undefined) return true;
  const bit = accessBits[kind];
  const allowed = accesses.get(frame);
  if (allowed <= ACCESS_RWX ? (allowed & bit) !== 0 : allowed === pageAccesses.rx2rw && kind !== 'w') return true;
  if (allowed === pageAccesses.rx2rw) {
    accesses.set(frame, 1, pageAccesses.rw);
    return true;
  }
  const { monitor } = domain;
  if (allowed === pageAccesses.n2rwx) accesses.set(frame, 1, pageAccesses.rwx);
  if (monitor?.enabled === true) {
    const sync = allowed !== pageAccesses.n2rwx;
    return (
      monitor.pageAccess(vcpu, sync, { frame, offset, access: bit, ...(linear !== undefined && { linear }) }) && !sync
    );
  }
  // There is no listener: that is fatal if a listener is required; otherwise the restriction is lifted.
  if (access?.listenerRequired === true) {
    shutdownDomain(hypervisor, domain, shutdownReasons.crash);
    return false;
  }
  accesses.set(frame, 1, pageAccesses.rwx);
  return true;
}
