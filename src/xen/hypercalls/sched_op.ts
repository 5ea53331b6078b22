import type { Abi } from '../abi/abi.ts';
import { maskOf } from '../bit-mask.ts';
import type { Call } from '../call/call.ts';
import { partial, type Status, subOperationRows, supported, type UnlistedRow } from '../call/hypercall.ts';
import { shutdownDomain } from '../domain/lifecycle.ts';
import { errno } from '../errno.ts';

/** SCHEDOP_*. */
const op = {
  yield: 0,
  block: 1,
  shutdown: 2,
  poll: 3,
  remote_shutdown: 4,
  shutdown_code: 5,
  watchdog: 6,
  pin_override: 7,
} as const;

const status: Record<string, Status> = {
  block: partial('returns at once: the calling process does not sleep'),
  poll: partial('returns at once: the calling process does not sleep'),
  watchdog: partial('never fires'),
};

/** Ports that one SCHEDOP_poll may name. */
const MAX_POLL_PORTS = 128;
/** struct sched_poll: ports (8), nr_ports (4), pad (4), timeout (8). */
const POLL_BYTES = 24;
/** Watchdog timers of a domain. */
const WATCHDOGS = 2;
/** struct sched_watchdog and sched_remote_shutdown: two words each. */
const PAIR_BYTES = 8;
const scratch = new Uint8Array(POLL_BYTES);
const view = new DataView(scratch.buffer);

/** sched_op(command, argument): what a guest tells the scheduler. */
export function schedOp(abi: Abi): UnlistedRow {
  const numbers = abi.subOperations('SCHEDOP');
  return {
    number: 29,
    name: 'sched_op',
    status: supported,
    subOperations: subOperationRows(Object.entries(numbers), (name) => status[name] ?? supported),
    handler(call) {
      const { hypervisor, domain } = call;
      const command = call.i32(0);
      const address = call.address(1);
      if (!Object.values(numbers).includes(command)) return -errno.ENOSYS;
      switch (command) {
        case op.yield:
        case op.block:
          return 0;
        case op.shutdown:
          if (!call.copyFromGuest(address, scratch, 4)) return -errno.EFAULT;
          shutdownDomain(hypervisor, domain, view.getUint32(0, true));
          return 0;
        case op.poll:
          return poll(call, address);
        case op.remote_shutdown: {
          if (!call.copyFromGuest(address, scratch, PAIR_BYTES)) return -errno.EFAULT;
          const target = hypervisor.domains.get(view.getUint16(0, true));
          if (target === undefined) return -errno.ESRCH;
          if (!domain.privileged && domain.target !== target) return -errno.EPERM;
          shutdownDomain(hypervisor, target, view.getUint32(4, true));
          return 0;
        }
        case op.shutdown_code:
          if (!call.copyFromGuest(address, scratch, 4)) return -errno.EFAULT;
          if (!domain.shutDown) domain.shutdownCode = view.getUint32(0, true) & 0xff;
          return 0;
        case op.watchdog:
          if (!call.copyFromGuest(address, scratch, PAIR_BYTES)) return -errno.EFAULT;
          return watchdog(call, view.getUint32(0, true), view.getUint32(4, true));
        case op.pin_override:
          return pinOverride(call, address);
        default:
          return -errno.ENOSYS;
      }
    },
  };
}

/** sched_op_compat(command, argument): what PV guests called before 3.0.2. */
export function schedOpCompat(): UnlistedRow {
  return {
    number: 6,
    name: 'sched_op_compat',
    status: supported,
    handler(call) {
      if (call.domain.isHvm) return -errno.ENOSYS;
      const command = call.i32(0);
      if (command === op.yield || command === op.block) return 0;
      if (command !== op.shutdown) return -errno.ENOSYS;
      shutdownDomain(call.hypervisor, call.domain, call.u32(1));
      return 0;
    },
  };
}

function poll(call: Call, address: number): number {
  if (!call.copyFromGuest(address, scratch, POLL_BYTES)) return -errno.EFAULT;
  const count = view.getUint32(8, true);
  if (count > MAX_POLL_PORTS) return -errno.EINVAL;
  const ports = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  for (let index = 0; index < count; index += 1) {
    if (!call.copyFromGuest(ports + 4 * index, scratch, 4)) return -errno.EFAULT;
    if (!call.domain.eventChannels.isValid(view.getUint32(0, true))) return -errno.EINVAL;
  }
  return 0;
}

function watchdog(call: Call, id: number, timeout: number): number {
  const timers = call.domain.watchdogs;
  if (id > WATCHDOGS) return -errno.EINVAL;
  if (id === 0) {
    if (timeout === 0) return -errno.EINVAL;
    for (let free = 1; free <= WATCHDOGS; free += 1) {
      if ((timers & (1 << free)) !== 0) continue;
      call.domain.watchdogs |= 1 << free;
      return free;
    }
    return -errno.ENOSPC;
  }
  if ((timers & (1 << id)) === 0) return -errno.EINVAL;
  if (timeout === 0) call.domain.watchdogs &= ~(1 << id);
  return 0;
}

function pinOverride(call: Call, address: number): number {
  const { domain, hypervisor } = call;
  if (domain.id !== 0) return -errno.EPERM;
  if (!call.copyFromGuest(address, scratch, 4)) return -errno.EFAULT;
  const cpu = view.getInt32(0, true);
  const vcpu = domain.vcpus[0];
  if (vcpu === undefined) return -errno.EINVAL;
  if (cpu < 0) {
    if (vcpu.pinned === undefined) return -errno.EINVAL;
    vcpu.pinned = undefined;
    return 0;
  }
  if (cpu >= hypervisor.machine.cpus || domain.pool?.cpus.includes(cpu) !== true) return -errno.EINVAL;
  if (vcpu.pinned !== undefined) return -errno.EBUSY;
  vcpu.pinned = cpu;
  vcpu.processor = cpu;
  vcpu.hardAffinity ??= maskOf(hypervisor.machine.cpus, domain.pool.cpus);
  return 0;
}
