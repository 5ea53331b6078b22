// Sub-operations for hardware that the simulated machine lacks, and for parts of Xen without a file of their own.

import { partial, unsupported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { writeWords } from '../copy.ts';
import { sysctlFamily } from './family.ts';

/** The lowest commands: information on L3, L2 and memory bandwidth. */
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
const OFFLINE = 1;
const ONLINE = 2;
const QUERY = 3;
/** The status of a frame that was not reached: PG_OFFLINE_INVALID in each byte. */
const STATUS_INVALID = 0x01010101;
/** Status words written at a time. */
const CHUNK = 1024;
/** The first megabyte's hole: video memory and the BIOS. */
const isBelowBios = (frame: number): boolean => frame >= 0xa0 && frame < 0x100;
/** The largest number of frames for which Xen can allocate the status array. */
const MAX_FRAMES = 1 << 26;

/** XEN_SYSCTL_page_offline_op for a range of frames; a status word for each, also of those after the first that fails. */
const pageOfflineOp = operation({
  family: sysctlFamily,
  name: 'page_offline_op',
  status: partial('no page goes offline: EINVAL'),
  argument: 'page_offline',
  bind({ field }) {
    const [commandField, startField, endField] = [field('cmd'), field('start'), field('end')];
    const statusField = field('status');
    return ({ call, hypervisor, view }) => {
      const command = commandField.get(view);
      const start = startField.get(view);
      const end = endField.get(view);
      if (end < start) return -errno.EINVAL;
      if (end - start > MAX_FRAMES) return -errno.ENOMEM;
      const status = statusField.get(view);
      const known = command === OFFLINE || command === ONLINE || command === QUERY;
      let failed = !known;
      for (let first = start; first <= end; first += CHUNK) {
        const words = Array<number>(Math.min(CHUNK, end - first + 1)).fill(STATUS_INVALID);
        for (let index = 0; index < words.length && !failed; index += 1) {
          const frame = first + index;
          failed = command === OFFLINE || frame > hypervisor.hardware.maxMfn || isBelowBios(frame);
          if (!failed) words[index] = 0;
        }
        if (!writeWords(call, status + 4 * (first - start), words)) return -errno.EFAULT;
      }
      return failed ? -errno.EINVAL : 0;
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
    status: unsupported('ENODEV', 'transcendent memory is off by default'),
  }),
  operation({ family: sysctlFamily, name: 'dt_overlay', status: unsupported('ENOSYS', 'as on x86: for Arm only') }),
];
