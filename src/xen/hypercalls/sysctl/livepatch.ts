import type { Struct } from '../../abi/layout.ts';
import type { Call } from '../../call/call.ts';
import { partial } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import type { SysctlOperation } from './sysctl.ts';

/** Bytes of a payload's name with its NUL, at most. */
const MAX_NAME = 128;
/** Payloads that one list may ask for. */
const MAX_LIST = 1024;
/** Counts changes of the set of payloads, from 1. */
const PAYLOAD_VERSION = 1;

/** XEN_SYSCTL_livepatch_op: 0 upload, 1 get, 2 list, 3 action. There are never payloads. */
export const livepatchOp: SysctlOperation = {
  name: 'livepatch_op',
  status: partial('every payload is refused as invalid'),
  perform(call, view, struct, address) {
    // The layouts of 4.7 to 4.9 lack the parts: there, a Xen built without live patching answers.
    if (!struct.has('u.livepatch.u.list.nr')) return -errno.ENOSYS;
    // `pad` became `flags` in 4.19, whose only bit is "force".
    const [reserved, allowed] = struct.has('u.livepatch.pad') ? ['pad', 0] : ['flags', 1];
    if ((struct.field(`u.livepatch.${reserved}`).get(view) & ~allowed) !== 0) return -errno.EINVAL;
    switch (struct.field('u.livepatch.cmd').get(view)) {
      case 0: {
        const name = payloadName(call, view, struct, 'upload');
        return name < 0 ? name : -errno.EINVAL;
      }
      case 1: {
        const name = payloadName(call, view, struct, 'get');
        return name < 0 ? name : -errno.ENOENT;
      }
      case 2: {
        const field = (name: string) => struct.field(`u.livepatch.u.list.${name}`);
        if (field('nr').get(view) > MAX_LIST) return -errno.E2BIG;
        if (field('pad').get(view) !== 0) return -errno.EINVAL;
        field('version').set(view, PAYLOAD_VERSION);
        field('nr').set(view, 0);
        for (const total of ['name_total_size', 'metadata_total_size']) {
          if (struct.has(`u.livepatch.u.list.${total}`)) field(total).set(view, 0);
        }
        return call.structToGuest(address, view);
      }
      case 3: {
        const name = payloadName(call, view, struct, 'action');
        return name < 0 ? name : -errno.ENOENT;
      }
      default:
        return -errno.EOPNOTSUPP;
    }
  },
};

/** 0 if the caller gave a name that could be one, else -errno. */
function payloadName(call: Call, view: DataView, struct: Struct, command: string): number {
  const field = (name: string) => struct.field(`u.livepatch.u.${command}.name.${name}`);
  const size = field('size').get(view);
  if (size === 0 || size > MAX_NAME) return -errno.EINVAL;
  const bytes = new Uint8Array(size);
  if (!call.copyFromGuest(field('name').get(view), bytes)) return -errno.EFAULT;
  return bytes[size - 1] === 0 ? 0 : -errno.EINVAL;
}
