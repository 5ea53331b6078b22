import { partial } from '../../call/hypercall.ts';
import { pressKey } from '../../console/keyhandler.ts';
import { errno } from '../../errno.ts';
import type { SysctlOperation } from './sysctl.ts';

/** XEN_SYSCTL_debug_keys: each byte is a key pressed on Xen's console; a key without a handler does nothing. */
export const debugKeys: SysctlOperation = {
  name: 'debug_keys',
  status: partial('h, q, r, m, +, - and w are handled; other keys of Xen only say that they were pressed'),
  perform(call, view, struct) {
    const buffer = struct.field('u.debug_keys.keys').get(view);
    const count = struct.field('u.debug_keys.nr_keys').get(view);
    const key = new Uint8Array(1);
    for (let index = 0; index < count; index += 1) {
      if (!call.copyFromGuest(buffer + index, key)) return -errno.EFAULT;
      pressKey(call.hypervisor, String.fromCharCode(key[0] ?? 0));
    }
    return 0;
  },
};
