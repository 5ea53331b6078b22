import type { Family } from '../call/family.ts';
import { operation } from '../call/operation.ts';
import { OperationRequest } from '../call/operation-request.ts';
import { serve } from '../call/serve.ts';
import { errno } from '../errno.ts';
import { forgets } from './pv.ts';

/** CALLBACKTYPE_*: event, failsafe, syscall, nmi, sysenter, syscall32. */
const types = new Set([0, 1, 2, 4, 5, 7]);
/** The one that can be unregistered. */
const NMI = 4;

const callbackFamily: Family = {
  name: 'callback_op',
  status: forgets,
  prefix: 'CALLBACKOP',
  carriage: { pointer: 1 },
  Request: OperationRequest,
};

const operations = [
  operation({
    family: callbackFamily,
    name: 'register',
    status: forgets,
    argument: 'callback_register',
    bind({ field }) {
      const type = field('type');
      return ({ view }) => (types.has(type.get(view)) ? 0 : -errno.ENOSYS);
    },
  }),
  operation({
    family: callbackFamily,
    name: 'unregister',
    status: forgets,
    argument: 'callback_unregister',
    bind({ field }) {
      const typeField = field('type');
      return ({ view }) => {
        const type = typeField.get(view);
        if (type === NMI) return 0;
        return types.has(type) ? -errno.EINVAL : -errno.ENOSYS;
      };
    },
  }),
];

/** callback_op(cmd, arg): registers the entry points of a PV kernel. */
export const callbackOp = serve(callbackFamily, operations);
