import type { Family } from '../../call/family.ts';
import { partial } from '../../call/hypercall.ts';
import { OperationRequest } from '../../call/operation-request.ts';
import { errno } from '../../errno.ts';

/** The command's low bits; above them is the extent to start with. */
const COMMAND_MASK = 0x3f;

export class MemoryRequest extends OperationRequest {
  /** The extent to begin with, from the command's upper bits. */
  start = 0;
}

export interface MemoryTraits {
  /** Xen looks at the whole command there, so that a start extent makes it one that does not exist. Absent: no. */
  readonly noStartExtent?: boolean;
}

/** Memory: which domain has which, and what its frames show. Source of the structs: xen/include/public/memory.h. */
export const memoryFamily: Family<MemoryRequest, MemoryTraits> = {
  name: 'memory_op',
  status: partial('see its sub-operations'),
  prefix: 'XENMEM',
  isOperation: (name) => !/^(paging_op|access_op|sharing_op|resource)_/.test(name),
  carriage: { pointer: 1, mask: COMMAND_MASK },
  Request: MemoryRequest,
  check: () => (request, operation) => {
    request.start = Math.floor(request.call.address(0) / (COMMAND_MASK + 1));
    return operation?.noStartExtent === true && request.start !== 0 ? -errno.ENOSYS : 0;
  },
};

/** For operations that start with the first extent only. */
export const fromFirst = ({ start }: MemoryRequest) => (start === 0 ? 0 : -errno.EINVAL);
