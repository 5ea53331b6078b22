import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { sysctlFamily } from './family.ts';

/** Bytes copied to the caller at a time: a ring may be large, its copy need not be. */
const CHUNK = 4096;
const chunk = new Uint8Array(CHUNK);

/** XEN_SYSCTL_readconsole: the console ring. `clear` drops what was returned; `index` counts only where `incremental` is set. */
const readconsole = operation({
  family: sysctlFamily,
  name: 'readconsole',
  status: supported,
  argument: 'readconsole',
  copies: 'both',
  bind({ field }) {
    const [clear, incremental, index] = [field('clear'), field('incremental'), field('index')];
    const [buffer, count] = [field('buffer'), field('count')];
    return ({ call, hypervisor, view }) => {
      const { ring } = hypervisor.console;
      const max = count.get(view);
      let position = incremental.get(view) === 0 ? ring.oldest : ring.position(index.get(view));
      const address = buffer.get(view);
      let copied = 0;
      while (copied < max) {
        const read = ring.read(position, chunk.subarray(0, Math.min(CHUNK, max - copied)));
        if (read === 0) break;
        if (!call.copyToGuest(address + copied, chunk, read)) return -errno.EFAULT;
        position += read;
        copied += read;
      }
      if (clear.get(view) !== 0) ring.clear(position);
      count.set(view, copied);
      index.set(view, position >>> 0);
      return 0;
    };
  },
});

export const readconsoleOperations = [readconsole];
