// Hypercalls that a Xen such as the recorded one refuses as a whole.

import type { Abi } from '../abi/abi.ts';
import { type Hypercall, unsupported } from '../call/hypercall.ts';
import { errno } from '../errno.ts';

type Maker = (abi: Abi) => Hypercall;

const refuse =
  (number: number, name: string, answer: 'ENOSYS' | 'EOPNOTSUPP' | 'ENODEV', why: string): Maker =>
  () => ({ number, name, args: 5, status: unsupported(answer, why) });

export const xsmOp = refuse(27, 'xsm_op', 'ENOSYS', 'as a Xen without the FLASK security module');
export const tmemOp = refuse(38, 'tmem_op', 'ENOSYS', 'transcendent memory was removed in 4.13, and is off before');
export const argoOp = refuse(39, 'argo_op', 'ENOSYS', 'as a Xen built without CONFIG_ARGO');
export const xenpmuOp = refuse(40, 'xenpmu_op', 'EOPNOTSUPP', 'as a Xen without vpmu on its command line');

/** paging_domctl_cont (arch_1): how Xen continues a long shadow_op. From outside it is refused, after the struct is read. */
export const pagingDomctlCont: Maker = (abi) => ({
  number: 49,
  name: 'paging_domctl_cont',
  args: 1,
  status: unsupported('EOPNOTSUPP', 'Xen issues it to itself; no shadow_op is continued here'),
  handler(call) {
    const bytes = new Uint8Array(abi.struct('xen_domctl').size);
    return call.copyFromGuest(call.address(0), bytes) ? -errno.EOPNOTSUPP : -errno.EFAULT;
  },
});
