import { say } from '../../language/say.ts';
import type { Answer, StrayIoctl } from '../failure.ts';

/** The descriptor is not that of privcmd: an open(2) that failed, or another file's. */
export function strayDescriptor({ descriptor, name }: StrayIoctl): Answer {
  const xen = say('not reached: Linux looks the descriptor up first.');
  if (name === undefined)
    return {
      cause: 'bad-descriptor',
      xen,
      why: say('descriptor {descriptor} is not open: an open() before it failed, or it was closed', { descriptor }),
      change: say('check what open("/proc/xen/privcmd", O_RDWR) returned: if (fd < 0) perror("open")'),
    };
  return {
    cause: 'other-file',
    xen,
    why: say('descriptor {descriptor} is {name}, not /proc/xen/privcmd', { descriptor, name }),
    change: say('pass the descriptor that open("/proc/xen/privcmd", O_RDWR) returned'),
  };
}
