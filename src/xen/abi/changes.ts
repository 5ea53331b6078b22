import type { Abi } from './abi.ts';

/**
 * What changed in Xen's answers without a change of its interface: the first minor version of Xen 4 that answers so. Answers of the real
 * 4.14.6, 4.17.7 and 4.20.4 prove each on both sides (data/real-xen); where the change came between two of them, it is put with the
 * later one.
 */
const changes = {
  /** dm_op without buffers: ENODATA; before, the missing struct is EFAULT. */
  dmOpWithoutBuffers: 15,
  /** dm_op nr_vcpus. */
  dmOpVcpus: 15,
  /** dm_op modified_memory demands its second buffer, EINVAL; before, it is asked for when changes are logged only. */
  modifiedMemoryData: 15,
  /** A range of guest frames that wraps is EOVERFLOW, one that goes beyond a guest's frames EINVAL, even if it is empty. */
  frameRangeChecked: 15,
  /** map_pirq of a line that has a number tells it again; before, EPERM. */
  mappedLineAgain: 15,
  /** A virtual PCI function needs its physical one, ENODEV; before, that is added as well. Neither goes while the other is there, EBUSY. */
  virtualFunctions: 18,
  /** A guest frame that is moved and not there: EACCES; before, EINVAL. */
  missingFrameAccess: 18,
  /** An ioreq server is given HVM_PARAM_IOREQ_PFN's frame only if that was set, else ENOMEM; before, frame 0. */
  ioreqFrameSet: 18,
} as const;

export type Change = keyof typeof changes;

/** Whether a release has a change. */
export function has(abi: Pick<Abi, 'major' | 'minor'>, change: Change): boolean {
  return abi.major > 4 || (abi.major === 4 && abi.minor >= changes[change]);
}
