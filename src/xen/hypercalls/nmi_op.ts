import type { Family } from '../call/family.ts';
import { operation } from '../call/operation.ts';
import { OperationRequest } from '../call/operation-request.ts';
import { serve } from '../call/serve.ts';
import { forgets } from './pv.ts';

const nmiFamily: Family = {
  name: 'nmi_op',
  status: forgets,
  prefix: 'XENNMI',
  carriage: { pointer: 1 },
  Request: OperationRequest,
};

const operations = [
  operation({
    family: nmiFamily,
    name: 'register_callback',
    status: forgets,
    argument: 'xennmi_callback',
    handler: () => 0,
  }),
  operation({ family: nmiFamily, name: 'unregister_callback', status: forgets, handler: () => 0 }),
];

/** nmi_op(cmd, arg): registers a PV kernel's entry point for non-maskable interrupts. */
export const nmiOp = serve(nmiFamily, operations);
