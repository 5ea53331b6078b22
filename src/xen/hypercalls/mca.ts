import { stableLayout } from '../abi/stable-layout.ts';
import type { Family } from '../call/family.ts';
import { partial, supported, unsupported } from '../call/hypercall.ts';
import { operation } from '../call/operation.ts';
import { OperationRequest } from '../call/operation-request.ts';
import { serve } from '../call/serve.ts';
import { errno } from '../errno.ts';

/** XEN_MCA_INTERFACE_VERSION. */
const INTERFACE_VERSION = 0x01ecc003;
/** XEN_MC_NONURGENT and XEN_MC_URGENT, one of which a fetch must name; XEN_MC_ACK; XEN_MC_NODATA's place in the flags. */
const KINDS = 3;
const FLAG_ACK = 4;
const FLAG_NODATA = 1;

const mcaFamily: Family = {
  name: 'mca',
  status: partial('no machine check ever happens, and none can be injected'),
  prefix: 'XEN_MC',
  carriage: {
    struct: stableLayout('xen_mc', 'cmd:u32 interface_version:u32 u:u64[18]'),
    union: 'u',
    version: () => INTERFACE_VERSION,
  },
  Request: OperationRequest,
  first: ({ domain }) => (domain.privileged ? 0 : -errno.EPERM),
  unknown: 'EINVAL',
};

const operations = [
  operation({
    family: mcaFamily,
    name: 'fetch',
    status: supported,
    argument: stableLayout('xen_mc_fetch', 'flags:u32 pad:u32 fetch_id:u64 data:u64'),
    copies: 'both',
    bind({ field }) {
      const [flagsField, id, data] = [field('flags'), field('fetch_id'), field('data')];
      return ({ view }) => {
        const flags = flagsField.get(view);
        // acknowledging needs nothing; else it must say which kind of check is wanted
        if ((flags & FLAG_ACK) === 0) {
          if ((flags & KINDS) === 0 || (flags & KINDS) === KINDS) return -errno.EINVAL;
          if (data.get(view) === 0) return -errno.EINVAL;
        }
        flagsField.set(view, FLAG_NODATA);
        id.set(view, 0);
        return 0;
      };
    },
  }),
  operation({
    family: mcaFamily,
    name: 'physcpuinfo',
    status: partial('tells the number of CPUs only'),
    argument: stableLayout('xen_mc_physcpuinfo', 'ncpus:u32 pad:u32 info:u64'),
    copies: 'both',
    bind({ field }) {
      const cpus = field('ncpus');
      return ({ hypervisor, view }) => {
        cpus.set(view, hypervisor.hardware.onlineCpus.size);
        return 0;
      };
    },
  }),
  ...(
    [
      ['notifydomain', 'EINVAL', 'only Xen sends it'],
      ['msrinject', 'EPERM', 'the simulated CPU has no machine check registers'],
      ['mceinject', 'EPERM', 'the simulated CPU takes no machine check'],
      ['inject_v2', 'EPERM', 'the simulated CPU takes no machine check'],
    ] as const
  ).map(([name, answer, why]) => operation({ family: mcaFamily, name, status: unsupported(answer, why) })),
];

/** mca (arch_0): machine checks. None ever happens. */
export const mca = serve(mcaFamily, operations);
