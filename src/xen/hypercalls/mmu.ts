import type { Abi } from '../abi/abi.ts';
import type { Struct } from '../abi/layout.ts';
import type { Call } from '../call/call.ts';
import { mayTarget } from '../call/domid.ts';
import { partial, type UnlistedRow } from '../call/hypercall.ts';
import { DOMID_IO, DOMID_SELF, DOMID_XEN, type Domain } from '../domain/domain.ts';
import { errno } from '../errno.ts';
import { PAGE_SIZE } from '../memory/heap.ts';

/** In a count: the call goes on after an interruption. */
const PREEMPTED = 0x80000000;
/** In the low bits of mmu_update's ptr: what is updated. */
const MACHPHYS_UPDATE = 1;

/** MMUEXT_* (xen.h). */
const PIN_L1_TABLE = 0;
const PIN_L4_TABLE = 3;
const UNPIN_TABLE = 4;
const NEW_BASEPTR = 5;
const TLB_FLUSH_LOCAL = 6;
const SET_LDT = 13;
const NEW_USER_BASEPTR = 15;
const CLEAR_PAGE = 16;
const COPY_PAGE = 17;
const FLUSH_CACHE_GLOBAL = 18;

/**
 * Whose pages are meant: the caller's by DOMID_SELF, another's by its id; its own id will not do. 'system' is the pages of
 * devices and of Xen.
 */
function pageOwner(call: Call, domid: number): Domain | 'system' | undefined {
  if (domid === DOMID_SELF) return call.domain;
  if (domid === DOMID_IO || domid === DOMID_XEN) return 'system';
  const domain = call.hypervisor.domains.get(domid);
  return domain === call.domain ? undefined : domain;
}

/** Performs `one` for each of the caller's structs until one fails, and writes how many succeeded to `done`. */
function forEach(call: Call, struct: Struct, one: (view: DataView) => number): number {
  const count = call.u32(1) & ~PREEMPTED;
  const bytes = new Uint8Array(struct.size);
  const view = new DataView(bytes.buffer);
  let result = 0;
  let index = 0;
  for (; index < count; index += 1) {
    result = call.copyFromGuest(call.address(0) + index * struct.size, bytes) ? one(view) : -errno.EFAULT;
    if (result !== 0) break;
  }
  const done = call.address(2);
  if (done !== 0) {
    const word = new DataView(new ArrayBuffer(4));
    word.setUint32(0, index, true);
    // Xen does not look whether this copy succeeds.
    call.structToGuest(done, word);
  }
  return result;
}

/** mmu_update(reqs, count, done, foreigndom): page table entries, and the machine-to-phys table. */
export function mmuUpdate(abi: Abi): UnlistedRow {
  const struct = abi.struct('mmu_update');
  const [ptr, val] = [struct.field('ptr'), struct.field('val')];
  return {
    number: 1,
    name: 'mmu_update',
    status: partial('the machine-to-phys table only; page table entries are refused'),
    handler(call) {
      const foreign = call.u32(3);
      const tables = foreign >>> 16;
      if (tables !== 0 && call.hypervisor.domains.get(tables - 1) === undefined) return -errno.ESRCH;
      const owner = pageOwner(call, foreign & 0xffff);
      if (owner === undefined) return -errno.ESRCH;
      return forEach(call, struct, (view) => {
        if (owner === 'system' ? !call.domain.privileged : !mayTarget(call.domain, owner)) return -errno.EPERM;
        const pointer = ptr.get(view);
        if (pointer % 4 !== MACHPHYS_UPDATE || owner === 'system') return -errno.EINVAL;
        const mfn = Math.floor(pointer / PAGE_SIZE);
        return owner.memory.setGfn(mfn, val.get(view)) ? 0 : -errno.EINVAL;
      });
    },
  };
}

/** mmuext_op(ops, count, done, foreigndom): pinning of page tables, flushes, whole pages. */
export function mmuextOp(abi: Abi): UnlistedRow {
  const struct = abi.struct('mmuext_op');
  const command = struct.field('cmd');
  const [first, second] = [struct.field('arg1.mfn'), struct.field('arg2.nr_ents')];
  const page = new Uint8Array(PAGE_SIZE);
  return {
    number: 26,
    name: 'mmuext_op',
    status: partial('what a page table holds is not looked at; flushes have nothing to do'),
    handler(call) {
      const owner = pageOwner(call, call.u32(3) & 0xffff);
      if (owner === undefined) return -errno.ESRCH;
      if (owner === 'system') return forEach(call, struct, () => -errno.EINVAL);
      if (!mayTarget(call.domain, owner)) return -errno.EPERM;
      const { memory } = owner;
      return forEach(call, struct, (view) => {
        const what = command.get(view);
        const mfn = first.get(view);
        const present = memory.pageOf(mfn) !== undefined;
        if (what >= PIN_L1_TABLE && what <= PIN_L4_TABLE) return present ? pin(memory.pinned, mfn) : -errno.EINVAL;
        if (what >= TLB_FLUSH_LOCAL && what < SET_LDT) return owner === call.domain ? 0 : -errno.EPERM;
        switch (what) {
          case UNPIN_TABLE:
            return present && memory.pinned.delete(mfn) ? 0 : -errno.EINVAL;
          case SET_LDT:
            return owner === call.domain ? 0 : -errno.EPERM;
          case NEW_BASEPTR:
          case NEW_USER_BASEPTR:
            if (owner !== call.domain) return -errno.EPERM;
            return present || (what === NEW_USER_BASEPTR && mfn === 0) ? 0 : -errno.EINVAL;
          case CLEAR_PAGE:
            return memory.writeFrame(mfn, 0, page.fill(0)) ? 0 : -errno.EINVAL;
          case COPY_PAGE: {
            const copied = memory.readFrame(second.get(view), 0, page) && memory.writeFrame(mfn, 0, page);
            return copied ? 0 : -errno.EINVAL;
          }
          case FLUSH_CACHE_GLOBAL:
            return owner === call.domain ? 0 : -errno.EPERM;
          default:
            return -errno.ENOSYS;
        }
      });
    },
  };
}

function pin(pinned: Set<number>, mfn: number): number {
  if (pinned.has(mfn)) return -errno.EINVAL;
  pinned.add(mfn);
  return 0;
}
