import { behaves } from '../../abi/behaviour.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import { maskOf } from '../../bit-mask.ts';
import type { Family } from '../../call/family.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { OperationRequest } from '../../call/operation-request.ts';
import { shutdownDomain } from '../../domain/lifecycle.ts';
import { errno } from '../../errno.ts';

/** Operations of a guest on its own scheduling. Source of the structs: xen/include/public/sched.h. */
export const schedFamily: Family = {
  name: 'sched_op',
  status: supported,
  prefix: 'SCHEDOP',
  carriage: { pointer: 1 },
  Request: OperationRequest,
};

const returnsAtOnce = partial('returns at once: the calling process does not sleep');

const yields = operation({ family: schedFamily, name: 'yield', status: supported, handler: () => 0 });

const block = operation({ family: schedFamily, name: 'block', status: returnsAtOnce, handler: () => 0 });

const shutdown = operation({
  family: schedFamily,
  name: 'shutdown',
  status: supported,
  argument: stableLayout('sched_shutdown', 'reason:u32'),
  bind({ field }) {
    const reason = field('reason');
    return ({ hypervisor, caller, view }) => {
      shutdownDomain(hypervisor, caller, reason.get(view));
      return 0;
    };
  },
});

/** Ports that one SCHEDOP_poll may name. */
const MAX_POLL_PORTS = 128;

const poll = operation({
  family: schedFamily,
  name: 'poll',
  status: returnsAtOnce,
  argument: stableLayout('sched_poll', 'ports:u64 nr_ports:u32 timeout:u64'),
  bind({ abi, field }) {
    const [ports, count] = [field('ports'), field('nr_ports')];
    const ofAnyState = behaves(abi, 'pollsUnusedPorts');
    const port = new DataView(new ArrayBuffer(4));
    const bytes = new Uint8Array(port.buffer);
    return ({ call, caller, view }) => {
      const wanted = count.get(view);
      if (wanted > MAX_POLL_PORTS) return -errno.EINVAL;
      const first = ports.get(view);
      if (!call.mayPointTo(first)) return -errno.EFAULT;
      for (let index = 0; index < wanted; index += 1) {
        if (!call.copyFromGuest(first + 4 * index, bytes)) return -errno.EFAULT;
        const polled = port.getUint32(0, true);
        if (!caller.eventChannels.isValid(polled)) return -errno.EINVAL;
        if (!ofAnyState && caller.eventChannels.get(polled) === undefined) return -errno.EINVAL;
      }
      return 0;
    };
  },
});

const remoteShutdown = operation({
  family: schedFamily,
  name: 'remote_shutdown',
  status: supported,
  argument: stableLayout('sched_remote_shutdown', 'domain_id:u16 reason:u32'),
  bind({ field }) {
    const [domid, reason] = [field('domain_id'), field('reason')];
    return ({ hypervisor, caller, view }) => {
      const target = hypervisor.domains.get(domid.get(view));
      if (target === undefined) return -errno.ESRCH;
      if (!caller.privileged && caller.target !== target) return -errno.EPERM;
      shutdownDomain(hypervisor, target, reason.get(view));
      return 0;
    };
  },
});

const shutdownCode = operation({
  family: schedFamily,
  name: 'shutdown_code',
  status: supported,
  argument: stableLayout('sched_shutdown', 'reason:u32'),
  bind({ field }) {
    const reason = field('reason');
    return ({ caller, view }) => {
      if (!caller.shutDown) caller.shutdownCode = reason.get(view) & 0xff;
      return 0;
    };
  },
});

/** Watchdog timers of a domain. */
const WATCHDOGS = 2;

/** A timeout of 0 stops a timer; the id 0 asks for a free one. */
const watchdog = operation({
  family: schedFamily,
  name: 'watchdog',
  status: partial('never fires'),
  argument: stableLayout('sched_watchdog', 'id:u32 timeout:u32'),
  bind({ field }) {
    const [idField, timeoutField] = [field('id'), field('timeout')];
    return ({ caller, view }) => {
      const id = idField.get(view);
      const timeout = timeoutField.get(view);
      if (id > WATCHDOGS) return -errno.EINVAL;
      if (id === 0) {
        if (timeout === 0) return -errno.EINVAL;
        for (let free = 1; free <= WATCHDOGS; free += 1) {
          if ((caller.watchdogs & (1 << free)) !== 0) continue;
          caller.watchdogs |= 1 << free;
          return free;
        }
        return -errno.ENOSPC;
      }
      if ((caller.watchdogs & (1 << id)) === 0) return -errno.EINVAL;
      if (timeout === 0) caller.watchdogs &= ~(1 << id);
      return 0;
    };
  },
});

const pinOverride = operation({
  family: schedFamily,
  name: 'pin_override',
  status: supported,
  argument: stableLayout('sched_pin_override', 'pcpu:u32'),
  before: ({ caller }) => (caller.id === 0 ? 0 : -errno.EPERM),
  bind({ field }) {
    const pcpu = field('pcpu');
    return ({ hypervisor, caller, view }) => {
      const cpu = pcpu.get(view) | 0;
      const vcpu = caller.vcpus[0];
      if (vcpu === undefined) return -errno.EINVAL;
      if (cpu < 0) {
        if (vcpu.pinned === undefined) return -errno.EINVAL;
        vcpu.pinned = undefined;
        return 0;
      }
      if (cpu >= hypervisor.machine.cpus || caller.pool?.cpus.includes(cpu) !== true) return -errno.EINVAL;
      if (vcpu.pinned !== undefined) return -errno.EBUSY;
      vcpu.pinned = cpu;
      vcpu.moveTo(cpu, hypervisor.now());
      vcpu.hardAffinity ??= maskOf(hypervisor.machine.cpus, caller.pool.cpus);
      return 0;
    };
  },
});

export const schedOperations = [yields, block, shutdown, poll, remoteShutdown, shutdownCode, watchdog, pinOverride];
