// Sub-operations for hardware that the simulated machine has not, and for the parts of Xen that have no file of their own.

import { partial, unsupported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { writeWords } from '../copy.ts';
import { sysctlFamily } from './family.ts';

/** The information commands of L3, L2 and memory bandwidth are the lowest. */
const LAST_PSR_INFO = 2;

const noAllocation = (name: 'psr_alloc' | 'psr_cat_op') =>
  operation({
    family: sysctlFamily,
    name,
    status: unsupported('ENODEV', 'the simulated CPU cannot allocate its caches; other commands are EOPNOTSUPP'),
    argument: name,
    bind({ field }) {
      const command = field('cmd');
      return ({ view }) => (command.get(view) <= LAST_PSR_INFO ? -errno.ENODEV : -errno.EOPNOTSUPP);
    },
  });

/** Bytes of set_parameter's text, at most. */
const MAX_PARAMETERS = 1023;

/** XEN_SYSCTL_set_parameter (4.10 to 4.13): `name=value` words for runtime parameters. */
const setParameter = operation({
  family: sysctlFamily,
  name: 'set_parameter',
  status: partial('sets loglvl and guest_loglvl; accepts the other runtime parameters without an effect'),
  argument: 'set_parameter',
  bind({ field, optional }) {
    const [sizeField, params] = [field('size'), field('params')];
    const pads = ['pad[0]', 'pad[1]', 'pad[2]'].map((name) => optional(name));
    return ({ call, hypervisor, view }) => {
      const size = sizeField.get(view);
      if (size > MAX_PARAMETERS) return -errno.E2BIG;
      if (pads.some((pad) => pad !== undefined && pad.get(view) !== 0)) return -errno.EINVAL;
      const bytes = new Uint8Array(size);
      if (!call.copyFromGuest(params.get(view), bytes)) return -errno.EFAULT;
      const words = new TextDecoder().decode(bytes).split(/[\0 ]+/);
      for (const word of words.filter((each) => each !== '')) {
        const [name = '', value = ''] = word.split('=', 2);
        const result = hypervisor.parameters.set(name, value);
        if (result !== 0) return result;
      }
      return 0;
    };
  },
});

/** XEN_SYSCTL_page_offline_op's commands. */
const OFFLINE = 0;
const QUERY = 2;
/** More frames than this Xen could not allocate the status array for. */
const MAX_FRAMES = 1 << 26;

/** XEN_SYSCTL_page_offline_op: 0 offline, 1 online, 2 query, for a range of frames; a status word for each. */
const pageOfflineOp = operation({
  family: sysctlFamily,
  name: 'page_offline_op',
  status: partial('no page goes offline: that is EINVAL'),
  argument: 'page_offline',
  bind({ field }) {
    const [commandField, startField, endField] = [field('cmd'), field('start'), field('end')];
    const statusField = field('status');
    return ({ call, hypervisor, view }) => {
      const command = commandField.get(view);
      const start = startField.get(view);
      const end = endField.get(view);
      if (end < start || end - start > MAX_FRAMES) return -errno.ENOMEM;
      const status = statusField.get(view);
      let result = command > QUERY ? -errno.EINVAL : 0;
      for (let frame = start; frame <= end; frame += 1) {
        if (result === 0 && (command === OFFLINE || frame > hypervisor.hardware.maxMfn)) result = -errno.EINVAL;
        if (!writeWords(call, status + 4 * (frame - start), [0])) return -errno.EFAULT;
        if (result !== 0 && frame > start) break;
      }
      return result;
    };
  },
});

export const featureOperations = [
  noAllocation('psr_alloc'),
  noAllocation('psr_cat_op'),
  setParameter,
  pageOfflineOp,
  operation({
    family: sysctlFamily,
    name: 'psr_cmt_op',
    status: unsupported('ENODEV', 'the simulated CPU cannot monitor its caches'),
  }),
  operation({
    family: sysctlFamily,
    name: 'tmem_op',
    status: unsupported('ENODEV', 'transcendent memory is off, as by default'),
  }),
  operation({ family: sysctlFamily, name: 'dt_overlay', status: unsupported('ENOSYS', 'as on x86: for Arm only') }),
];
