import type { Abi } from '../../abi/abi.ts';
import { behaves } from '../../abi/behaviour.ts';
import { remoteDomain } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { acquireResource, RESOURCE_GRANT_TABLE, RESOURCE_VMTRACE_BUF, resourceSize } from '../../memory/resource.ts';
import type { MemoryOperation } from './memory_op.ts';

/** Frames that a continuation could still count. */
const MAX_FRAMES = 0x3ffffff;
/** Of releases without continuations there. */
const MAX_SMALL = 32;

/** XENMEM_acquire_resource: the frames of a grant table, a trace buffer or an ioreq server, for a toolstack to map. */
export function resourceOperations(abi: Abi): readonly MemoryOperation[] {
  const struct = abi.struct('xen_mem_acquire_resource');
  const [domid, type, id] = [struct.field('domid'), struct.field('type'), struct.field('id')];
  const [count, pad] = [struct.field('nr_frames'), struct.field('pad')];
  const [first, list] = [struct.field('frame'), struct.field('frame_list')];
  const mfn = new DataView(new ArrayBuffer(8));
  const small = behaves(abi, 'smallResources');
  const unknownType = behaves(abi, 'unknownResourceInvalid') ? errno.EINVAL : errno.EOPNOTSUPP;
  const types = small ? RESOURCE_GRANT_TABLE : RESOURCE_VMTRACE_BUF;
  return [
    {
      name: 'acquire_resource',
      status: supported,
      perform(call, address, start) {
        if (call.domain.memory.translated && !call.domain.privileged) return -errno.EACCES;
        const view = call.structFromGuest(address, struct);
        if (view === undefined) return -errno.EFAULT;
        if (pad.get(view) !== 0) return -errno.EINVAL;
        const frames = count.get(view);
        if (small && frames > MAX_SMALL) return -errno.E2BIG;
        if (!small && first.get(view) + frames > 0xffffffff) return -errno.EINVAL;
        const domain = remoteDomain(call, domid.get(view));
        if (typeof domain === 'number') return domain;
        if (!call.domain.privileged) return -errno.EPERM;
        if (frames > MAX_FRAMES) return -errno.EINVAL;
        if (type.get(view) > types) return -unknownType;
        const size = resourceSize(domain, type.get(view), id.get(view));
        if (size === 0) return -errno.EINVAL;
        if (list.get(view) === 0) {
          if (frames !== 0) return -errno.EINVAL;
          return call.fieldToGuest(address, count, size) ? 0 : -errno.EFAULT;
        }
        if (frames === 0) return small ? 0 : -errno.EINVAL;
        if (frames === start) return 0;
        const got = acquireResource(domain, type.get(view), id.get(view), first.get(view), frames);
        if (typeof got === 'number') return got;
        for (const [index, frame] of got.entries()) {
          mfn.setBigUint64(0, BigInt(frame), true);
          if (call.structToGuest(list.get(view) + 8 * index, mfn) !== 0) return -errno.EFAULT;
        }
        return 0;
      },
    },
  ];
}
