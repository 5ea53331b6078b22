// Sub-operations for hardware that the simulated machine has not, and for the parts of Xen that have no file of their own.

import { partial, unsupported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { writeWords } from '../copy.ts';
import type { SysctlOperation } from './sysctl.ts';

/** XEN_SYSCTL_psr_cmt_op: cache monitoring is Intel's. */
export const psrCmtOp: SysctlOperation = {
  name: 'psr_cmt_op',
  status: unsupported('ENODEV', 'the simulated CPU cannot monitor its caches'),
  perform: () => -errno.ENODEV,
};

const noAllocation = (name: string): SysctlOperation => ({
  name,
  status: unsupported('ENODEV', 'the simulated CPU cannot allocate its caches; other commands are EOPNOTSUPP'),
  perform(_call, view, struct) {
    // L3, L2 and memory bandwidth have an information command each
    return struct.field(`u.${name}.cmd`).get(view) <= 2 ? -errno.ENODEV : -errno.EOPNOTSUPP;
  },
});

export const psrAlloc = noAllocation('psr_alloc');
export const psrCatOp = noAllocation('psr_cat_op');

/** XEN_SYSCTL_tmem_op (4.6 to 4.12): transcendent memory is off unless the command line turns it on. */
export const tmemOp: SysctlOperation = {
  name: 'tmem_op',
  status: unsupported('ENODEV', 'transcendent memory is off, as by default'),
  perform: () => -errno.ENODEV,
};

/** XEN_SYSCTL_dt_overlay (4.18 and later): device trees are Arm's. */
export const dtOverlay: SysctlOperation = {
  name: 'dt_overlay',
  status: unsupported('ENOSYS', 'as on x86'),
  perform: () => -errno.ENOSYS,
};

/** Bytes of set_parameter's text, at most. */
const MAX_PARAMETERS = 1023;

/** XEN_SYSCTL_set_parameter (4.10 to 4.13): `name=value` words for runtime parameters. */
export const setParameter: SysctlOperation = {
  name: 'set_parameter',
  status: partial('sets loglvl and guest_loglvl; accepts the other runtime parameters without an effect'),
  perform(call, view, struct) {
    const field = (name: string) => struct.field(`u.set_parameter.${name}`);
    const size = field('size').get(view);
    if (size > MAX_PARAMETERS) return -errno.E2BIG;
    for (const pad of ['pad[0]', 'pad[1]', 'pad[2]']) {
      if (struct.has(`u.set_parameter.${pad}`) && field(pad).get(view) !== 0) return -errno.EINVAL;
    }
    const bytes = new Uint8Array(size);
    if (!call.copyFromGuest(field('params').get(view), bytes)) return -errno.EFAULT;
    for (const word of new TextDecoder()
      .decode(bytes)
      .split(/[\0 ]+/)
      .filter((each) => each !== '')) {
      const [name = '', value = ''] = word.split('=', 2);
      const result = call.hypervisor.parameters.set(name, value);
      if (result !== 0) return result;
    }
    return 0;
  },
};

const PAGE_OFFLINE_FLAGS = { offlined: 0x2, query: 2 };
/** More frames than this Xen could not allocate the status array for. */
const MAX_FRAMES = 1 << 26;

/** XEN_SYSCTL_page_offline_op: 0 offline, 1 online, 2 query, for a range of frames; a status word for each. */
export const pageOfflineOp: SysctlOperation = {
  name: 'page_offline_op',
  status: partial('no page goes offline: that is EINVAL'),
  perform(call, view, struct) {
    const field = (name: string) => struct.field(`u.page_offline.${name}`);
    const command = field('cmd').get(view);
    const start = field('start').get(view);
    const end = field('end').get(view);
    if (end < start || end - start > MAX_FRAMES) return -errno.ENOMEM;
    const status = field('status').get(view);
    let result = command > PAGE_OFFLINE_FLAGS.query ? -errno.EINVAL : 0;
    for (let frame = start; frame <= end; frame += 1) {
      if (result === 0 && (command === 0 || frame > call.hypervisor.hardware.maxMfn)) result = -errno.EINVAL;
      if (!writeWords(call, status + 4 * (frame - start), [0])) return -errno.EFAULT;
      if (result !== 0 && frame > start) break;
    }
    return result;
  },
};
