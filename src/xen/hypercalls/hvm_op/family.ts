import type { Family } from '../../call/family.ts';
import { partial } from '../../call/hypercall.ts';
import { OperationRequest } from '../../call/operation-request.ts';

/** The headers number altp2m's own commands with the same prefix. */
const notOperations = /^altp2m_/;
/** A command with bits above 32 is invalid; here a negative value would be an errno. */
const NO_COMMAND = 2 ** 32;

/** Operations on HVM domains. Source of the structs: public/hvm/hvm_op.h. */
export const hvmFamily: Family = {
  name: 'hvm_op',
  status: partial('see its sub-operations'),
  prefix: 'HVMOP',
  isOperation: (name) => !notOperations.test(name),
  carriage: { pointer: 1, command: (call) => (call.address(0) >= 2 ** 32 ? NO_COMMAND : call.u32(0)) },
  Request: OperationRequest,
};
