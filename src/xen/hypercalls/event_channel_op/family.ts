import type { Family } from '../../call/family.ts';
import { supported } from '../../call/hypercall.ts';
import { OperationRequest } from '../../call/operation-request.ts';

/** Notifications between domains, virtual CPUs and Xen. Source of the structs: xen/include/public/event_channel.h. */
export const eventChannelFamily: Family = {
  name: 'event_channel_op',
  status: supported,
  prefix: 'EVTCHNOP',
  carriage: { pointer: 1 },
  Request: OperationRequest,
};
