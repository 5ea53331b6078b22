import type { Struct } from '../abi/layout.ts';
import type { Call } from '../call/call.ts';
import { mayTarget } from '../call/domid.ts';
import { partial } from '../call/hypercall.ts';
import { service } from '../call/service.ts';
import { errno } from '../errno.ts';
import { PAGE_SIZE } from '../memory/heap.ts';
import { pageOwner } from './page-owner.ts';

/** Flag in a count: the call continues after a preemption. */
const PREEMPTED = 0x80000000;
/** The low bits of mmu_update's ptr select what is updated. */
const MACHPHYS_UPDATE = 1;

/** Performs `one` for each of the caller's structs until one fails, and writes how many succeeded to `done`. */
function forEach(call: Call, struct: Struct, one: (view: DataView) => number): number {
  const count = call.u32(1) & ~PREEMPTED;
  const bytes = new Uint8Array(struct.size);
  const view = new DataView(bytes.buffer);
  const done = call.address(2);
  const word = new DataView(new ArrayBuffer(4));
  // A continued call reads there how many were done before.
  const goesOn = (call.u32(1) & PREEMPTED) !== 0 && done !== 0 && call.copyFromGuest(done, new Uint8Array(word.buffer));
  const before = goesOn ? word.getUint32(0, true) : 0;
  let result = 0;
  let index = 0;
  for (; index < count; index += 1) {
    if (index > 0 && call.mustGiveWay) {
      call.setArgument(0, call.address(0) + index * struct.size);
      call.setArgument(1, count - index + PREEMPTED);
      call.giveWay();
      break;
    }
    result = call.copyFromGuest(call.address(0) + index * struct.size, bytes) ? one(view) : -errno.EFAULT;
    if (result !== 0) break;
  }
  if (done !== 0) {
    word.setUint32(0, before + index, true);
    // Xen ignores a failure of this copy.
    call.structToGuest(done, word);
  }
  return result;
}

/** mmu_update(reqs, count, done, foreigndom): page table entries, and the machine-to-phys table. */
export const mmuUpdate = service(partial('the machine-to-phys table only; page table entries are refused'), {
  bind(abi) {
    const struct = abi.struct('mmu_update');
    const [ptr, val] = [struct.field('ptr'), struct.field('val')];
    return (call) => {
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
    };
  },
});
