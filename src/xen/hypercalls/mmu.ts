import type { Abi } from '../abi/abi.ts';
import { stableLayout } from '../abi/stable-layout.ts';
import type { Call } from '../call.ts';
import { DOMID_IO, DOMID_SELF, DOMID_XEN, type Domain } from '../domain.ts';
import { errno } from '../errno.ts';
import { type Hypercall, partial } from '../hypercall.ts';

/** Bit of the count: a call that Xen goes on with. */
const PREEMPTED = 0x80000000;
const update = stableLayout('mmu_update', 'ptr:u64 val:u64');
const extended = stableLayout('mmuext_op', 'cmd:u32 arg1:u64 arg2:u64');

/** Pins and unpins, and flushes: nothing to do without page tables, caches and TLBs. */
const accepted = new Set([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 18]);
const MMUEXT_LAST = 20;

/**
 * The domain whose pages are meant: DOMID_SELF, or another one; naming oneself by number is ESRCH. 'system' is the pages of
 * devices and of Xen.
 */
function pageOwner(call: Call, id: number): Domain | 'system' | undefined {
  if (id === DOMID_SELF) return call.domain;
  if (id === call.domain.id) return undefined;
  if (id === DOMID_IO || id === DOMID_XEN) return 'system';
  return call.hypervisor.domains.get(id);
}

/** Writes how many entries were done where the caller wants to know. */
function finish(call: Call, done: number, result: number): number {
  const address = call.address(2);
  if (address === 0) return result;
  const bytes = new Uint8Array(new Uint32Array([done]).buffer);
  return call.copyToGuest(address, bytes) ? result : -errno.EFAULT;
}

/** mmu_update(requests, count, done, domid): changes of page tables, of which the model has none. */
export function mmuUpdate(_abi: Abi): Hypercall {
  return {
    number: 1,
    name: 'mmu_update',
    args: 4,
    status: partial('the model has no page tables: every entry is EINVAL'),
    handler(call) {
      const count = call.u32(1) & ~PREEMPTED;
      if (pageOwner(call, call.u32(3) & 0xffff) === undefined) return -errno.ESRCH;
      if (count === 0) return finish(call, 0, 0);
      const entry = call.structFromGuest(call.address(0), update);
      return finish(call, 0, entry === undefined ? -errno.EFAULT : -errno.EINVAL);
    },
  };
}

/** mmuext_op(operations, count, done, domid): pins, flushes, descriptor tables. */
export function mmuextOp(_abi: Abi): Hypercall {
  return {
    number: 26,
    name: 'mmuext_op',
    args: 4,
    status: partial('pins and flushes succeed without an effect; the others are EINVAL'),
    handler(call) {
      const count = call.u32(1) & ~PREEMPTED;
      const owner = pageOwner(call, call.u32(3) & 0xffff);
      if (owner === undefined) return -errno.ESRCH;
      if (owner !== call.domain && !call.domain.privileged) return -errno.EPERM;
      if (owner !== 'system' && owner.type !== 'pv') return -errno.EINVAL;
      for (let index = 0; index < count; index += 1) {
        const entry = call.structFromGuest(call.address(0) + index * extended.size, extended);
        if (entry === undefined) return finish(call, index, -errno.EFAULT);
        const command = extended.field('cmd').get(entry);
        if (!accepted.has(command)) return finish(call, index, command > MMUEXT_LAST ? -errno.ENOSYS : -errno.EINVAL);
      }
      return finish(call, count, 0);
    },
  };
}
