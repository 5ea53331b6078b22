import { endRings } from '../../guests/device-ring.ts';
import type { Guests } from '../../guests/guests.ts';
import { balloon, setVcpuOnline, suspend } from '../../guests/kernel.ts';
import { shutdownReasons } from '../../xen/domain/domain.ts';
import { shutdownDomain } from '../../xen/domain/lifecycle.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import type { GuestOrder } from '../protocol/guest-order.ts';

/** Carries out an order as a guest's kernel would. Dom0 has a real kernel: the machine's. */
export function obeyOrder(hypervisor: Hypervisor, guests: Guests, id: number, order: GuestOrder): void {
  const guest = hypervisor.domains.get(id);
  if (guest === undefined || id === 0 || guest.dying !== 'no') return;
  switch (order.kind) {
    case 'shutdown':
      if (order.reason === shutdownReasons.suspend) suspend(hypervisor, guest);
      else shutdownDomain(hypervisor, guest, order.reason);
      return;
    case 'balloon':
      balloon(guest, order.pages);
      return;
    case 'act':
      guests.act(guest, order.index);
      return;
    case 'end-rings':
      endRings(guest, order.rings);
      return;
    case 'vcpu':
      setVcpuOnline(hypervisor, guest, order.vcpu, order.online);
      return;
    default:
      order satisfies never;
  }
}
