// Hypercalls that a Xen such as the recorded one refuses as a whole.

import { unsupported } from '../call/hypercall.ts';
import { service } from '../call/service.ts';
import { errno } from '../errno.ts';

export const xsmOp = service(unsupported('ENOSYS', 'as a Xen without the FLASK security module'));
export const tmemOp = service(unsupported('ENOSYS', 'transcendent memory was removed in 4.13, and is off before'));
export const argoOp = service(unsupported('ENOSYS', 'as a Xen built without CONFIG_ARGO'));
export const xenpmuOp = service(unsupported('EOPNOTSUPP', 'as a Xen without vpmu on its command line'));

/** The numbers that are kept for Xen's own architectures: x86 has two of them. */
export const noSuchArch = service(unsupported('ENOSYS', 'x86 has none with this number'));
/** 39 from 4.2 to 4.11. */
export const reserved = service(unsupported('ENOSYS', 'reserved, and never served'));

/** paging_domctl_cont (arch_1): how Xen continues a long shadow_op. From outside it is refused, after the struct is read. */
export const pagingDomctlCont = service(
  unsupported('EOPNOTSUPP', 'Xen issues it to itself; no shadow_op is continued here'),
  {
    bind(abi) {
      const bytes = new Uint8Array(abi.struct('xen_domctl').size);
      return (call) => (call.copyFromGuest(call.address(0), bytes) ? -errno.EOPNOTSUPP : -errno.EFAULT);
    },
  },
);
