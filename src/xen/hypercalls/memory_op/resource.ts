import { behaves } from '../../abi/behaviour.ts';
import { remoteDomain } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { acquireResource, RESOURCE_GRANT_TABLE, RESOURCE_VMTRACE_BUF, resourceSize } from '../../memory/resource.ts';
import { memoryFamily } from './family.ts';

/** Frames that a continuation could still count. */
const MAX_FRAMES = 0x3ffffff;
/** The limit of releases without continuations there. */
const MAX_SMALL = 32;

/** The frames of a grant table, a trace buffer or an ioreq server, for a toolstack to map. */
const acquire = operation({
  family: memoryFamily,
  name: 'acquire_resource',
  status: supported,
  argument: 'xen_mem_acquire_resource',
  before: ({ caller }) => (caller.memory.translated && !caller.privileged ? -errno.EACCES : 0),
  bind({ abi, field }) {
    const [domid, type, id] = [field('domid'), field('type'), field('id')];
    const [count, pad] = [field('nr_frames'), field('pad')];
    const [first, list] = [field('frame'), field('frame_list')];
    const mfn = new DataView(new ArrayBuffer(8));
    const small = behaves(abi, 'smallResources');
    const unknownType = behaves(abi, 'unknownResourceInvalid') ? errno.EINVAL : errno.EOPNOTSUPP;
    const types = small ? RESOURCE_GRANT_TABLE : RESOURCE_VMTRACE_BUF;
    return (request) => {
      const { call, caller, start, view } = request;
      if (pad.get(view) !== 0) return -errno.EINVAL;
      const frames = count.get(view);
      if (small && frames > MAX_SMALL) return -errno.E2BIG;
      if (!small && first.get(view) + frames > 0xffffffff) return -errno.EINVAL;
      // Asked for the number of frames, 4.14 returns its limit for one call.
      if (small && list.get(view) === 0) return frames === 0 ? request.fieldToGuest(count, MAX_SMALL) : -errno.EINVAL;
      const domain = remoteDomain(call, domid.get(view));
      if (typeof domain === 'number') return domain;
      if (!caller.privileged) return -errno.EPERM;
      if (frames > MAX_FRAMES) return -errno.EINVAL;
      const none = frames === 0 && list.get(view) !== 0;
      if (none && !small) return -errno.EINVAL;
      if (type.get(view) > types) {
        // Asked for the number of frames of such a resource, 4.15 to 4.17 return the errno as the number.
        if (!small && list.get(view) === 0 && unknownType === errno.EOPNOTSUPP) {
          return frames === 0 ? request.fieldToGuest(count, 2 ** 32 - unknownType) : -errno.EINVAL;
        }
        return -unknownType;
      }
      if (none) return 0;
      const size = resourceSize(domain, type.get(view), id.get(view));
      if (size === 0) return -errno.EINVAL;
      if (list.get(view) === 0) return frames === 0 ? request.fieldToGuest(count, size) : -errno.EINVAL;
      if (frames === start) return 0;
      const got = acquireResource(domain, type.get(view), id.get(view), first.get(view), frames);
      if (typeof got === 'number') return got;
      for (const [index, frame] of got.entries()) {
        mfn.setBigUint64(0, BigInt(frame), true);
        if (call.structToGuest(list.get(view) + 8 * index, mfn) !== 0) return -errno.EFAULT;
      }
      return 0;
    };
  },
});

export const resourceOperations = [acquire];
