import { behaves } from '../abi/behaviour.ts';
import { stableLayout } from '../abi/stable-layout.ts';
import type { Family } from '../call/family.ts';
import { partial } from '../call/hypercall.ts';
import { type Description, operation } from '../call/operation.ts';
import { OperationRequest } from '../call/operation-request.ts';
import { serve } from '../call/serve.ts';
import { XENLOG_GUEST, XENLOG_INFO } from '../console/console.ts';
import type { Profiler } from '../domain/profiler.ts';
import { errno } from '../errno.ts';
import { PAGE_SIZE } from '../memory/heap.ts';

const noSamples = partial('no samples: nothing executes');

const xenoprofFamily: Family = {
  name: 'xenoprof_op',
  status: noSamples,
  prefix: 'XENOPROF',
  carriage: { pointer: 1 },
  Request: OperationRequest,
  first: ({ hypervisor }) => (behaves(hypervisor.abi, 'oprofile') ? 0 : -errno.ENOSYS),
  unknown: 'EINVAL',
};

const open = (description: Omit<Description<OperationRequest>, 'status'>) =>
  operation({ family: xenoprofFamily, status: noSamples, ...description });

/** An operation that only the profiling domain may call. */
const privileged = (
  name: string,
  perform: (profiler: Profiler) => number,
  more: Omit<Description<OperationRequest>, 'status' | 'name'> = {},
) =>
  open({
    name,
    before: ({ hypervisor, caller }) => (hypervisor.profiler.primary === caller ? 0 : -errno.EPERM),
    handler: ({ hypervisor }) => perform(hypervisor.profiler),
    ...more,
  });

/** The counters of the recorded CPU, a K8, and what oprofile calls it. */
const COUNTERS = 4;
const CPU_TYPE = new TextEncoder().encode('x86-64/hammer');

const init = open({
  name: 'init',
  argument: stableLayout('xenoprof_init', 'num_events:u32 is_primary:u32 cpu_type:u8[64]'),
  copies: 'both',
  bind({ field }) {
    const [events, primary, type] = [field('num_events'), field('is_primary'), field('cpu_type')];
    return ({ hypervisor, caller, view, bytes }) => {
      if (hypervisor.machine.vendor !== 'amd' || hypervisor.machine.cpuModel !== undefined) return -errno.ENODEV;
      events.set(view, COUNTERS);
      primary.set(view, hypervisor.profiler.begin(caller) ? 1 : 0);
      bytes.set(CPU_TYPE, type.offset);
      return 0;
    };
  },
});

/** The profiler's operation on a domain that the caller names. The struct is read only while domains are being chosen. */
const chosen = (
  name: string,
  layout: string,
  add: (profiler: Profiler, request: OperationRequest, id: number) => number,
) =>
  privileged(name, () => 0, {
    argument: stableLayout(`xenoprof_${name}`, layout),
    copies: 'itself',
    bind({ field }) {
      const id = field('domain_id');
      return (request) => {
        const { call, address, bytes, view } = request;
        const { profiler } = request.hypervisor;
        if (!profiler.choosing) return -errno.EPERM;
        if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
        return add(profiler, request, id.get(view));
      };
    },
  });

const setActive = chosen('set_active', 'domain_id:u16', (profiler, { hypervisor }, id) => {
  const domain = hypervisor.domains.get(id);
  return domain === undefined ? -errno.EINVAL : profiler.addActive(domain);
});

/** Xen's message about a page that is allocated, belongs to Xen, and has one reference. */
const SHARED_COUNT = '0xc000000000000001';
const PASSIVE = 'domain_id:u16 max_samples:u32 nbuf:u32 bufsize:u32 buf_gmaddr:u64';

const setPassive = chosen('set_passive', PASSIVE, (profiler, { call, address, view, hypervisor }, id) => {
  const domain = hypervisor.domains.get(id);
  if (domain === undefined) return -errno.EINVAL;
  const added = profiler.addPassive(domain);
  const buffer = profiler.bufferOf(domain, view.getUint32(4, true));
  if (added !== 0 || buffer === undefined) return added || -errno.ENOMEM;
  view.setUint32(8, domain.vcpus.length, true);
  view.setUint32(12, buffer.bytes, true);
  view.setBigUint64(16, BigInt(buffer.mfn) * BigInt(PAGE_SIZE), true);
  return call.structToGuest(address, view);
});

const getBuffer = open({
  name: 'get_buffer',
  argument: stableLayout('xenoprof_get_buffer', 'max_samples:u32 nbuf:u32 bufsize:u32 buf_gmaddr:u64'),
  copies: 'both',
  bind({ field }) {
    const [samples, count, size, at] = [field('max_samples'), field('nbuf'), field('bufsize'), field('buf_gmaddr')];
    return ({ hypervisor, caller, view }) => {
      const buffer = hypervisor.profiler.bufferOf(caller, samples.get(view));
      if (buffer === undefined) return -errno.ENOMEM;
      if (buffer.shared) {
        const mfn = buffer.mfn.toString(16);
        hypervisor.console.printk(
          `${XENLOG_GUEST}${XENLOG_INFO}dom${caller.id} mfn 0x${mfn} page->count_info ${SHARED_COUNT}\n`,
        );
        return -errno.EBUSY;
      }
      buffer.shared = true;
      count.set(view, caller.vcpus.length);
      size.set(view, buffer.bytes);
      at.setBig(view, BigInt(buffer.mfn) * BigInt(PAGE_SIZE));
      return 0;
    };
  },
});

/** Sets a counter. The struct is read only after counters are reserved and domains are chosen. */
const counting = (name: string, layout: string, most: number) =>
  privileged(name, () => 0, {
    argument: stableLayout(`xenoprof_${name}`, layout),
    copies: 'itself',
    handler({ call, hypervisor, address, bytes, view }) {
      if (!hypervisor.profiler.settable) return -errno.EPERM;
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      return view.getUint32(0, true) < most ? 0 : -errno.E2BIG;
    },
  });

const COUNTER = 'ind:u32 count:u64 enabled:u32 event:u32 hypervisor:u32 kernel:u32 user:u32 unit_mask:u64';
const IBS = 'op_enabled:u64 fetch_enabled:u64 max_cnt_fetch:u64 max_cnt_op:u64 rand_en:u64 dispatched_ops:u64';

const operations = [
  init,
  privileged('reset_active_list', (profiler) => profiler.resetActive()),
  privileged('reset_passive_list', (profiler) => profiler.resetPassive()),
  setActive,
  setPassive,
  privileged('reserve_counters', (profiler) => profiler.reserve()),
  counting('counter', COUNTER, COUNTERS),
  privileged('setup_events', (profiler) => profiler.setUp()),
  open({
    name: 'enable_virq',
    handler: ({ hypervisor, caller }) =>
      hypervisor.profiler.enable(caller, () =>
        hypervisor.console.printk('xenoprof_reset_buf: ERROR - Unexpected Xenoprof NULL pointer \n'),
      ),
  }),
  privileged('start', (profiler) => profiler.start()),
  privileged('stop', (profiler) => profiler.stop()),
  open({ name: 'disable_virq', handler: ({ hypervisor, caller }) => hypervisor.profiler.disable(caller) }),
  privileged('release_counters', (profiler) => profiler.release()),
  privileged('shutdown', (profiler) => profiler.end()),
  getBuffer,
  privileged('set_backtrace', () => 0, { argument: stableLayout('xenoprof_set_backtrace', 'depth:u64') }),
  privileged('get_ibs_caps', () => 0),
  counting('ibs_counter', IBS, Number.POSITIVE_INFINITY),
];

/** xenoprof_op(op, arg): the profiler of oprofile. */
export const xenoprofOp = serve(xenoprofFamily, operations);
