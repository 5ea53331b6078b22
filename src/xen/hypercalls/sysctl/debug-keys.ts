import { partial } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { pressKey } from '../../console/keyhandler.ts';
import { errno } from '../../errno.ts';
import { sysctlFamily } from './family.ts';

/** XEN_SYSCTL_debug_keys: each byte is a key pressed on Xen's console; a key without a handler does nothing. */
const debugKeys = operation({
  family: sysctlFamily,
  name: 'debug_keys',
  status: partial('h, q, r, m, +, - and w are handled; other keys only print that they were pressed'),
  argument: 'debug_keys',
  bind({ field }) {
    const [keys, count] = [field('keys'), field('nr_keys')];
    return ({ call, hypervisor, view }) => {
      const buffer = keys.get(view);
      const key = new Uint8Array(1);
      for (let index = 0; index < count.get(view); index += 1) {
        if (!call.copyFromGuest(buffer + index, key)) return -errno.EFAULT;
        pressKey(hypervisor, String.fromCharCode(key[0] ?? 0));
      }
      return 0;
    };
  },
});

export const debugKeysOperations = [debugKeys];
