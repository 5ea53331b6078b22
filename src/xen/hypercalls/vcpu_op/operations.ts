import { behaves } from '../../abi/behaviour.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import type { Family } from '../../call/family.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { OperationRequest } from '../../call/operation-request.ts';
import { shutdownReasons } from '../../domain/domain.ts';
import { shutdownDomain } from '../../domain/lifecycle.ts';
import type { Vcpu } from '../../domain/vcpu.ts';
import { errno } from '../../errno.ts';
import { PAGE_SIZE } from '../../memory/heap.ts';
import { printForeignFrame } from '../foreign-frame.ts';

class VcpuRequest extends OperationRequest {
  /** The virtual CPU that the second argument names. */
  vcpu!: Vcpu;
}

/** Operations on one of the caller's virtual CPUs. Xen looks the virtual CPU up before the command. Source of the structs: public/vcpu.h. */
export const vcpuFamily: Family<VcpuRequest> = {
  name: 'vcpu_op',
  status: supported,
  prefix: 'VCPUOP',
  carriage: { pointer: 2 },
  Request: VcpuRequest,
  check: () => (request) => {
    const vcpu = request.caller.vcpus[request.call.u32(1)];
    if (vcpu === undefined) return -errno.ENOENT;
    request.vcpu = vcpu;
    return 0;
  },
};

const noTimer = partial('the timer never fires');
const noArea = partial('the area is accepted, but not written');
const area = stableLayout('vcpu_register_area', 'addr:u64');

const initialise = operation({
  family: vcpuFamily,
  name: 'initialise',
  status: partial('registers are kept, not checked'),
  argument: 'vcpu_guest_context_t',
  handler({ vcpu, bytes }) {
    if (vcpu.initialised) return -errno.EEXIST;
    vcpu.context = bytes.slice();
    vcpu.initialised = true;
    return 0;
  },
});

const up = operation({
  family: vcpuFamily,
  name: 'up',
  status: supported,
  handler({ vcpu, hypervisor }) {
    if (!vcpu.initialised) return -errno.EINVAL;
    vcpu.setDown(false, hypervisor.now());
    return 0;
  },
});

const down = operation({
  family: vcpuFamily,
  name: 'down',
  status: supported,
  handler({ vcpu, hypervisor }) {
    if (vcpu.domain.vcpus.some((other) => other !== vcpu && !other.down)) {
      vcpu.setDown(true, hypervisor.now());
    } else {
      // The last one: the domain powers off.
      shutdownDomain(hypervisor, vcpu.domain, shutdownReasons.poweroff);
    }
    return 0;
  },
});

const isUp = operation({
  family: vcpuFamily,
  name: 'is_up',
  status: supported,
  handler: ({ vcpu }) => (vcpu.down ? 0 : 1),
});

const getRunstateInfo = operation({
  family: vcpuFamily,
  name: 'get_runstate_info',
  status: supported,
  argument: stableLayout(
    'vcpu_runstate_info',
    'state:u32 state_entry_time:u64 running:u64 runnable:u64 blocked:u64 offline:u64',
  ),
  copies: 'out',
  bind({ field }) {
    const [state, entry] = [field('state'), field('state_entry_time')];
    const times = [field('running'), field('runnable'), field('blocked'), field('offline')] as const;
    return ({ vcpu, hypervisor, view }) => {
      const now = hypervisor.now();
      state.set(view, vcpu.state);
      entry.set(view, Math.round(vcpu.stateEntry));
      for (const each of [0, 1, 2, 3] as const) times[each].set(view, vcpu.time(each, now));
      return 0;
    };
  },
});

const registerRunstateMemoryArea = operation({
  family: vcpuFamily,
  name: 'register_runstate_memory_area',
  status: noArea,
  argument: area,
  handler: () => 0,
});

const registerVcpuTimeMemoryArea = operation({
  family: vcpuFamily,
  name: 'register_vcpu_time_memory_area',
  status: noArea,
  argument: area,
  handler: () => 0,
});

/** Xen refuses a faster periodic timer. */
const MIN_PERIOD_NS = 1_000_000;
/** A period that could overflow in the future (STIME_DELTA_MAX). */
const MAX_PERIOD_NS = 2 ** 62;

const setPeriodicTimer = operation({
  family: vcpuFamily,
  name: 'set_periodic_timer',
  status: noTimer,
  argument: stableLayout('vcpu_set_periodic_timer', 'period_ns:u64'),
  bind({ field }) {
    const period = field('period_ns');
    return ({ view }) => {
      const nanoseconds = period.get(view);
      return nanoseconds < MIN_PERIOD_NS || nanoseconds >= MAX_PERIOD_NS ? -errno.EINVAL : 0;
    };
  },
});

const stopPeriodicTimer = operation({
  family: vcpuFamily,
  name: 'stop_periodic_timer',
  status: supported,
  handler: () => 0,
});

/** As recorded: only virtual CPU 0 of dom0 is the caller's own. */
const isOwn = ({ vcpu }: VcpuRequest) => (vcpu.id === 0 ? 0 : -errno.EINVAL);

const setSingleshotTimer = operation({
  family: vcpuFamily,
  name: 'set_singleshot_timer',
  status: noTimer,
  argument: stableLayout('vcpu_set_singleshot_timer', 'timeout_abs_ns:u64 flags:u32'),
  before: isOwn,
  handler: () => 0,
});

const stopSingleshotTimer = operation({
  family: vcpuFamily,
  name: 'stop_singleshot_timer',
  status: supported,
  before: isOwn,
  handler: () => 0,
});

/** Bytes of struct vcpu_info, which must lie within its page. */
const VCPU_INFO_BYTES = 64;

const registerVcpuInfo = operation({
  family: vcpuFamily,
  name: 'register_vcpu_info',
  status: noArea,
  argument: stableLayout('vcpu_register_vcpu_info', 'mfn:u64 offset:u32 rsvd:u32'),
  bind({ abi, field }) {
    const offset = field('offset');
    const beyond = behaves(abi, 'areaBeyondPageNamed') ? errno.ENXIO : errno.EINVAL;
    const askedFirst = behaves(abi, 'registeredAreaFirst');
    return ({ vcpu, view }) => {
      // Dom0's kernel registered its own at boot, and so did every guest that runs. Only the area of an offline virtual CPU may be moved.
      const registered = vcpu.initialised && !vcpu.down;
      if (registered && askedFirst) return -errno.EBUSY;
      if (offset.get(view) > PAGE_SIZE - VCPU_INFO_BYTES) return -beyond;
      return registered ? -errno.EINVAL : 0;
    };
  },
});

const sendNmi = operation({
  family: vcpuFamily,
  name: 'send_nmi',
  status: supported,
  handler: ({ address }) => (address === 0 ? 0 : -errno.EINVAL),
});

/** Only for a virtual CPU that is pinned at boot (dom0_vcpus_pin). */
const getPhysid = operation({
  family: vcpuFamily,
  name: 'get_physid',
  status: supported,
  argument: stableLayout('vcpu_get_physid', 'phys_id:u64'),
  copies: 'itself',
  handler: () => -errno.EINVAL,
});

/** An address that unregisters the area. */
const NO_AREA = 2n ** 64n - 1n;
const AREA_ALIGNMENT = 8n;

/**
 * Areas by their guest-physical addresses, from 4.18: within one page of the caller's own. As recorded from 4.20.4: NULL is EFAULT,
 * a frame that is not the caller's EINVAL, with a line in the ring for PV (schedvcpu.vcmd).
 */
const physicalArea = (name: 'register_runstate_phys_area' | 'register_vcpu_time_phys_area', size: bigint) =>
  operation({
    family: vcpuFamily,
    name,
    status: noArea,
    argument: area,
    bind({ field }) {
      const address = field('addr');
      return ({ call, caller, view }) => {
        const first = address.getBig(view);
        if (first === NO_AREA) return 0;
        const frame = first / BigInt(PAGE_SIZE);
        if ((first + size - 1n) / BigInt(PAGE_SIZE) !== frame || first % AREA_ALIGNMENT !== 0n) return -errno.ENXIO;
        if (caller.memory.pageOf(Number(frame)) !== undefined) return 0;
        printForeignFrame(call, caller, Number(frame));
        return -errno.EINVAL;
      };
    },
  });

export const vcpuOperations = [
  initialise,
  up,
  down,
  isUp,
  getRunstateInfo,
  registerRunstateMemoryArea,
  registerVcpuTimeMemoryArea,
  setPeriodicTimer,
  stopPeriodicTimer,
  setSingleshotTimer,
  stopSingleshotTimer,
  registerVcpuInfo,
  sendNmi,
  getPhysid,
  physicalArea('register_runstate_phys_area', 48n),
  physicalArea('register_vcpu_time_phys_area', 32n),
];
