import { behaves } from '../abi/behaviour.ts';
import type { Call } from '../call/call.ts';
import { supported } from '../call/hypercall.ts';
import { service } from '../call/service.ts';
import { errno } from '../errno.ts';

/** struct multicall_entry of a 64-bit guest: op, result, args[6], each 64 bits. */
const ENTRY_BYTES = 64;
const entry = new Uint8Array(ENTRY_BYTES);
const view = new DataView(entry.buffer);

function continueLater(call: Call, address: number, count: number): number {
  call.setArgument(0, address);
  call.setArgument(1, count);
  return call.preempt();
}

/**
 * multicall(entries, count): performs the entries in order, and writes the result of each into its entry. The multicall fails only if an
 * entry cannot be read or its result cannot be written. A multicall within a multicall is refused; the other entries run.
 */
export const multicall = service(supported, {
  bind(abi) {
    const wide = behaves(abi, 'multicallCountWide');
    const number = abi.hypercalls.multicall;
    return (call) => {
      const { hypervisor } = call;
      if (wide && BigInt.asUintN(64, call.u64(1)) >> 32n !== 0n) return -errno.EFAULT;
      const count = call.u32(1);
      let address = call.address(0);
      for (let index = 0; index < count; index += 1, address += ENTRY_BYTES) {
        if (index > 0 && call.shouldYield) return continueLater(call, address, count - index);
        if (!call.copyFromGuest(address, entry)) return -errno.EFAULT;
        const inner = hypervisor.beginCall(call.domain, call.memory, call.wordSize);
        let result: number | bigint = -errno.EINVAL;
        if (inner !== undefined) {
          inner.view.setBigUint64(0, view.getBigUint64(0, true), true);
          inner.bytes.set(entry.subarray(16, 56), 8);
          if (inner.number !== number) result = hypervisor.dispatch(inner);
          call.faultAddress = inner.faultAddress;
          hypervisor.endCall();
          // The rest of the entry is written to the caller, as Xen does.
          if (inner.preempted) {
            entry.set(inner.bytes.subarray(8), 16);
            if (!call.copyToGuest(address, entry)) return -errno.EFAULT;
            return continueLater(call, address, count - index);
          }
        }
        view.setBigInt64(8, BigInt(result), true);
        if (!call.copyToGuest(address + 8, entry, 8, 8)) return -errno.EFAULT;
      }
      return 0;
    };
  },
});
