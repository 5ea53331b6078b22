import { supported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import type { SysctlOperation } from './sysctl.ts';

/** Bytes copied to the caller at a time: a ring may be large, its copy need not be. */
const CHUNK = 4096;
const chunk = new Uint8Array(CHUNK);

/** XEN_SYSCTL_readconsole: the console ring. `clear` drops what was returned; `index` counts only where `incremental` is set. */
export const readconsole: SysctlOperation = {
  name: 'readconsole',
  status: supported,
  perform(call, view, struct, address) {
    const { ring } = call.hypervisor.console;
    const field = (name: string) => struct.field(`u.readconsole.${name}`);
    const max = field('count').get(view);
    let position = ring.oldest;
    if (field('incremental').get(view) !== 0) position = Math.max(position, ring.position(field('index').get(view)));
    const buffer = field('buffer').get(view);
    let copied = 0;
    while (copied < max) {
      const count = ring.read(position, chunk.subarray(0, Math.min(CHUNK, max - copied)));
      if (count === 0) break;
      if (!call.copyToGuest(buffer + copied, chunk, count)) return -errno.EFAULT;
      position += count;
      copied += count;
    }
    if (field('clear').get(view) !== 0) ring.clear(position);
    field('count').set(view, copied);
    field('index').set(view, position >>> 0);
    return call.structToGuest(address, view);
  },
};
