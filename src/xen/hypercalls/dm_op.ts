import type { Abi } from '../abi/abi.ts';
import { stableLayout } from '../abi/stable-layout.ts';
import { partial, type UnlistedRow } from '../call/hypercall.ts';
import { DOMID_SELF } from '../domain/domain.ts';
import { errno } from '../errno.ts';

/** Buffers of one call, at most. */
const MAX_BUFFERS = 2;
const buffer = stableLayout('xen_dm_op_buf', 'h:u64 size:u64');
const header = stableLayout('xen_dm_op', 'op:u32 pad:u32 u:u64[3]');

/** Operations that change what no device of the model has: accepted. */
const accepted = new Set([3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 18, 19]);

/** dm_op(domid, nr_bufs, bufs): what a device model asks about the HVM domain that it serves. */
export function dmOp(_abi: Abi): UnlistedRow {
  return {
    number: 41,
    name: 'dm_op',
    status: partial('there are no ioreq servers, and changes of interrupts or memory types have no effect'),

    handler(call) {
      const domid = call.u32(0) & 0xffff;
      const count = call.u32(1);
      if (count > MAX_BUFFERS) return -errno.E2BIG;
      if (count < 1) return -errno.ENODATA;
      const buffers = new Uint8Array(buffer.size * count);
      if (!call.copyFromGuest(call.address(2), buffers)) return -errno.EFAULT;
      if (domid === DOMID_SELF || domid === call.domain.id) return -errno.EPERM;
      const domain = call.hypervisor.domains.get(domid);
      if (domain === undefined) return -errno.ESRCH;
      if (domain.type === 'pv') return -errno.EINVAL;
      if (!call.domain.privileged) return -errno.EPERM;
      const view = new DataView(buffers.buffer);
      const at = buffer.field('h').get(view);
      if (buffer.field('size').get(view) < header.field('u').offset) return -errno.EFAULT;
      const op = call.structFromGuest(at, header);
      if (op === undefined) return -errno.EFAULT;
      if (header.field('pad').get(op) !== 0) return -errno.EINVAL;
      const operation = header.field('op').get(op);
      return accepted.has(operation) ? 0 : -errno.EOPNOTSUPP;
    },
  };
}
