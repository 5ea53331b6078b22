import { behaves } from '../abi/behaviour.ts';
import { stableLayout } from '../abi/stable-layout.ts';
import type { Family } from '../call/family.ts';
import { unsupported } from '../call/hypercall.ts';
import { operation } from '../call/operation.ts';
import { OperationRequest } from '../call/operation-request.ts';
import { serve } from '../call/serve.ts';
import { errno } from '../errno.ts';

const noProfile = unsupported('ENODEV', 'the simulated CPU cannot be profiled');

const xenoprofFamily: Family = {
  name: 'xenoprof_op',
  status: noProfile,
  prefix: 'XENOPROF',
  carriage: { pointer: 1 },
  Request: OperationRequest,
  first: ({ hypervisor }) => (behaves(hypervisor.abi, 'oprofile') ? 0 : -errno.ENOSYS),
  unknown: 'EINVAL',
};

/** What any domain may ask: the head of its struct is read, and then there is no profiler. */
const open = (name: 'init' | 'get_buffer', head: string) =>
  operation({ family: xenoprofFamily, name, status: noProfile, argument: stableLayout(`xenoprof_${name}`, head) });

const ofProfiler = (name: string) =>
  operation({
    family: xenoprofFamily,
    name,
    status: unsupported('EPERM', 'only for the domain that profiles, and none can'),
  });

const operations = [
  open('init', 'num_events:u32 is_primary:u32'),
  ofProfiler('reset_active_list'),
  ofProfiler('reset_passive_list'),
  ofProfiler('set_active'),
  ofProfiler('set_passive'),
  ofProfiler('reserve_counters'),
  ofProfiler('counter'),
  ofProfiler('setup_events'),
  ofProfiler('enable_virq'),
  ofProfiler('start'),
  ofProfiler('stop'),
  ofProfiler('disable_virq'),
  ofProfiler('release_counters'),
  ofProfiler('shutdown'),
  open('get_buffer', 'max_samples:u32 nbuf:u32'),
  ofProfiler('set_backtrace'),
  ofProfiler('get_ibs_caps'),
  ofProfiler('ibs_counter'),
];

/** xenoprof_op(op, arg): the profiler of oprofile. */
export const xenoprofOp = serve(xenoprofFamily, operations);
