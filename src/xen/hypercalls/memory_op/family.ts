import type { Family } from '../../call/family.ts';
import { partial } from '../../call/hypercall.ts';
import { OperationRequest } from '../../call/operation-request.ts';
import { errno } from '../../errno.ts';

/** The bits of the command that select the operation; the higher bits are the extent to start with. */
const COMMAND_MASK = 0x3f;

export class MemoryRequest extends OperationRequest {
  /** The extent to begin with, from the command's upper bits. */
  start = 0;
}

export interface MemoryTraits {
  /** Set if Xen compares the whole command, so that a command with a start extent does not exist. */
  readonly noStartExtent?: boolean;
}

/** Memory of domains: its allocation, and the mapping of frames. Source of the structs: xen/include/public/memory.h. */
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

/** For operations that always start with the first extent. */
export const fromFirst = ({ start }: MemoryRequest) => (start === 0 ? 0 : -errno.EINVAL);
