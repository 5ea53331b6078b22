import type { Struct } from '../abi/layout.ts';
import type { Call } from '../call/call.ts';
import { mayTarget } from '../call/domid.ts';
import { partial } from '../call/hypercall.ts';
import { service } from '../call/service.ts';
import { errno } from '../errno.ts';
import { PAGE_SIZE } from '../memory/heap.ts';
import { LOW_FRAMES, printForeignFrame } from './foreign-frame.ts';
import { pageOwner } from './page-owner.ts';

/** Flag in a count: the call continues after a preemption. */
const PREEMPTED = 0x80000000;
/** In the low bits of mmu_update's ptr: what is updated. Else it is an entry of 8 bytes, at ptr without these bits. */
const MACHPHYS_UPDATE = 1;
const ENTRY_BYTES = 8;

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
    if (index > 0 && call.shouldYield) {
      call.setArgument(0, call.address(0) + index * struct.size);
      call.setArgument(1, count - index + PREEMPTED);
      call.preempt();
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

const entry = new Uint8Array(ENTRY_BYTES);
const entryWord = new DataView(entry.buffer);

/** mmu_update(reqs, count, done, foreigndom): entries of page tables, and the machine-to-phys table. */
export const mmuUpdate = service(
  partial('pages and the machine-to-phys table can be written, pinned page tables cannot'),
  {
    bind(abi) {
      const struct = abi.struct('mmu_update');
      const [ptr, val] = [struct.field('ptr'), struct.field('val')];
      return (call) => {
        const foreign = call.u32(3);
        const { domains } = call.hypervisor;
        const tables = foreign >>> 16 === 0 ? call.domain : domains.get((foreign >>> 16) - 1);
        if (tables === undefined) return -errno.ESRCH;
        const owner = pageOwner(call, foreign & 0xffff);
        if (owner === undefined) return -errno.ESRCH;
        return forEach(call, struct, (view) => {
          if (typeof owner === 'string' ? !call.domain.privileged : !mayTarget(call.domain, owner)) return -errno.EPERM;
          const pointer = ptr.get(view);
          const mfn = Math.floor(pointer / PAGE_SIZE);
          if (pointer % 4 === MACHPHYS_UPDATE) {
            if (owner === 'io') return mfn < LOW_FRAMES ? 0 : -errno.EINVAL;
            if (owner !== 'xen' && owner.memory.setGfn(mfn, val.get(view))) return 0;
            printForeignFrame(call, owner, mfn);
            return -errno.EINVAL;
          }
          const { memory } = tables;
          if (memory.pageOf(mfn) === undefined) printForeignFrame(call, tables, mfn);
          else if (!memory.pinned.has(mfn)) {
            entryWord.setBigUint64(0, view.getBigUint64(val.offset, true), true);
            const at = (pointer % PAGE_SIZE) - (pointer % ENTRY_BYTES);
            if (memory.writeFrame(mfn, at, entry)) return 0;
          }
          return -errno.EINVAL;
        });
      };
    },
  },
);
