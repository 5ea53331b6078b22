import type { Abi } from '../abi/abi.ts';
import type { Call } from '../call/call.ts';
import { partial, type Status, subOperationRows, supported, type UnlistedRow } from '../call/hypercall.ts';
import { shutdownReasons } from '../domain/domain.ts';
import { shutdownDomain } from '../domain/lifecycle.ts';
import type { Vcpu } from '../domain/vcpu.ts';
import { errno } from '../errno.ts';

/** VCPUOP_*. */
const op = {
  initialise: 0,
  up: 1,
  down: 2,
  is_up: 3,
  get_runstate_info: 4,
  register_runstate_memory_area: 5,
  set_periodic_timer: 6,
  stop_periodic_timer: 7,
  set_singleshot_timer: 8,
  stop_singleshot_timer: 9,
  register_vcpu_info: 10,
  send_nmi: 11,
  get_physid: 12,
  register_vcpu_time_memory_area: 13,
} as const;

const noTimer = partial('the timer never fires');
const noArea = partial('the area is accepted and not written');
const status: Record<string, Status> = {
  initialise: partial('registers are kept, not checked'),
  register_runstate_memory_area: noArea,
  register_vcpu_time_memory_area: noArea,
  register_vcpu_info: noArea,
  set_periodic_timer: noTimer,
  set_singleshot_timer: noTimer,
};

/** struct vcpu_runstate_info: state (4), pad, entry time (8), time in each of four states (8). */
const RUNSTATE_BYTES = 48;
/** struct vcpu_register_vcpu_info: mfn (8), offset (4), rsvd (4). struct vcpu_set_singleshot_timer: as long. */
const PAIR_BYTES = 16;
const VCPU_INFO_BYTES = 64;
const PAGE_BYTES = 4096;
/** Xen refuses a faster periodic timer. */
const MIN_PERIOD_NS = 1_000_000;
/** A periodic timer that could overflow in the future (STIME_DELTA_MAX). */
const MAX_PERIOD_NS = 2 ** 62;

const scratch = new Uint8Array(RUNSTATE_BYTES);
const view = new DataView(scratch.buffer);
const double = (at: number) => view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);

/** vcpu_op(command, vcpu, argument): a domain's own virtual CPUs. The virtual CPU is looked up before the command. */
export function vcpuOp(abi: Abi): UnlistedRow {
  const context = abi.struct('vcpu_guest_context_t');
  const numbers = abi.subOperations('VCPUOP');
  const known = new Set(Object.values(numbers));
  return {
    number: 24,
    name: 'vcpu_op',
    status: supported,
    subOperations: subOperationRows(Object.entries(numbers), (name) => status[name] ?? supported),
    handler(call) {
      const vcpu = call.domain.vcpus[call.u32(1)];
      if (vcpu === undefined) return -errno.ENOENT;
      const command = call.i32(0);
      return known.has(command) ? perform(call, command, vcpu, call.address(2), context.size) : -errno.ENOSYS;
    },
  };
}

function perform(call: Call, command: number, vcpu: Vcpu, address: number, contextBytes: number): number {
  const now = call.hypervisor.now();
  switch (command) {
    case op.initialise: {
      const bytes = new Uint8Array(contextBytes);
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      if (vcpu.initialised) return -errno.EEXIST;
      vcpu.context = bytes;
      vcpu.initialised = true;
      return 0;
    }
    case op.up:
      if (!vcpu.initialised) return -errno.EINVAL;
      vcpu.setDown(false, now);
      return 0;
    case op.down:
      if (!vcpu.domain.vcpus.some((other) => other !== vcpu && !other.down)) {
        // The last one: the domain powers off.
        shutdownDomain(call.hypervisor, vcpu.domain, shutdownReasons.poweroff);
        return 0;
      }
      vcpu.setDown(true, now);
      return 0;
    case op.is_up:
      return vcpu.down ? 0 : 1;
    case op.get_runstate_info:
      view.setUint32(0, vcpu.state, true);
      view.setUint32(4, 0, true);
      view.setBigUint64(8, BigInt(Math.round(vcpu.stateEntry)), true);
      for (const state of [0, 1, 2, 3] as const) {
        view.setBigUint64(16 + 8 * state, BigInt(vcpu.time(state, now)), true);
      }
      return call.copyToGuest(address, scratch) ? 0 : -errno.EFAULT;
    case op.register_runstate_memory_area:
    case op.register_vcpu_time_memory_area:
      return call.copyFromGuest(address, scratch, 8) ? 0 : -errno.EFAULT;
    case op.set_periodic_timer: {
      if (!call.copyFromGuest(address, scratch, 8)) return -errno.EFAULT;
      const period = double(0);
      return period < MIN_PERIOD_NS || period >= MAX_PERIOD_NS ? -errno.EINVAL : 0;
    }
    case op.stop_periodic_timer:
      return 0;
    case op.set_singleshot_timer:
      if (vcpu.id !== 0) return -errno.EINVAL;
      return call.copyFromGuest(address, scratch, PAIR_BYTES) ? 0 : -errno.EFAULT;
    case op.stop_singleshot_timer:
      return vcpu.id === 0 ? 0 : -errno.EINVAL;
    case op.register_vcpu_info:
      return registerInfo(call, vcpu, address);
    case op.send_nmi:
      return address === 0 ? 0 : -errno.EINVAL;
    case op.get_physid:
      // Only for a virtual CPU that is pinned at boot (dom0_vcpus_pin).
      return -errno.EINVAL;
    default:
      return -errno.ENOSYS;
  }
}

function registerInfo(call: Call, vcpu: Vcpu, address: number): number {
  if (!call.copyFromGuest(address, scratch, PAIR_BYTES)) return -errno.EFAULT;
  if (view.getUint32(8, true) > PAGE_BYTES - VCPU_INFO_BYTES) return -errno.EINVAL;
  // Dom0's kernel registered its own at boot; so did every guest that runs. Only one that is down may move.
  if (vcpu.initialised && !vcpu.down) return -errno.EINVAL;
  return 0;
}
