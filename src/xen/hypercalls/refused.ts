// Hypercalls that the recorded Xen refuses, whatever the arguments.

import { unsupported } from '../call/hypercall.ts';
import { service } from '../call/service.ts';
import { errno } from '../errno.ts';

export const xsmOp = service(unsupported('ENOSYS', 'as in a Xen without the FLASK security module'));
export const tmemOp = service(
  unsupported('ENOSYS', 'transcendent memory was removed in 4.13, and off by default before'),
);
export const argoOp = service(unsupported('ENOSYS', 'as in a Xen built without CONFIG_ARGO'));
export const xenpmuOp = service(unsupported('EOPNOTSUPP', 'as in a Xen without vpmu on its command line'));

/** Numbers that are reserved for architectures, and that x86 does not use. */
export const noSuchArch = service(unsupported('ENOSYS', 'not assigned on x86'));
/** 39 from 4.2 to 4.11. */
export const reserved = service(unsupported('ENOSYS', 'reserved, never implemented'));

/** paging_domctl_cont (arch_1): Xen's continuation of a long shadow_op. Called by a guest, it is refused after the struct is read. */
export const pagingDomctlCont = service(
  unsupported('EOPNOTSUPP', 'Xen issues it to itself; no shadow_op is continued here'),
  {
    bind(abi) {
      const bytes = new Uint8Array(abi.struct('xen_domctl').size);
      return (call) => (call.copyFromGuest(call.address(0), bytes) ? -errno.EOPNOTSUPP : -errno.EFAULT);
    },
  },
);
