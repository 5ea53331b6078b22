import { behaves } from '../../abi/behaviour.ts';
import { guestContext } from '../../abi/cpu-context.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { cpuRecord } from '../../domain/hvm-stream.ts';
import { createVcpus } from '../../domain/lifecycle.ts';
import { RUNSTATE_RUNNING } from '../../domain/vcpu.ts';
import { errno } from '../../errno.ts';
import { domctlFamily } from './family.ts';
import { copyRegisters } from './hvm-registers.ts';
import { checkContext } from './vcpu-context.ts';

/** VGCF_online: brings the context's virtual CPU up. */
const VGCF_ONLINE = 1 << 5;
const FLAGS_OFFSET = guestContext.field('flags').offset;

/** XEN_DOMCTL_max_vcpus: makes the virtual CPUs that createdomain announced. */
const max_vcpus = operation({
  family: domctlFamily,
  name: 'max_vcpus',
  status: supported,
  argument: 'max_vcpus',
  bind({ field, struct, abi }) {
    const max = field('max');
    // Before 4.12 createdomain did not say how many; this call did.
    const announced = struct.has('u.createdomain.max_vcpus');
    const busy = behaves(abi, 'moreVcpusBusy') ? -errno.EBUSY : -errno.EINVAL;
    return (request) => {
      const { domain, hypervisor } = request;
      const count = max.get(request.view);
      if (request.self) return -errno.EINVAL;
      if (announced) {
        if (count !== domain.maxVcpus) return -errno.EINVAL;
      } else {
        if (count > (domain.isHvm ? 128 : 8192) || count < domain.vcpus.length) return -errno.EINVAL;
        if (domain.vcpus.length > 0 && count > domain.vcpus.length) return busy;
      }
      createVcpus(hypervisor, domain, count);
      return 0;
    };
  },
});

const getvcpuinfo = operation({
  family: domctlFamily,
  name: 'getvcpuinfo',
  status: supported,
  argument: 'getvcpuinfo',
  copies: 'both',
  bind({ field }) {
    const id = field('vcpu');
    const online = field('online');
    const blocked = field('blocked');
    const running = field('running');
    const cpuTime = field('cpu_time');
    const cpu = field('cpu');
    return (request) => {
      const { domain, view } = request;
      const asked = id.get(view);
      if (asked >= domain.maxVcpus) return -errno.EINVAL;
      const vcpu = domain.vcpus[asked];
      if (vcpu === undefined) return -errno.ESRCH;
      online.set(view, vcpu.down ? 0 : 1);
      blocked.set(view, vcpu.blocked ? 1 : 0);
      running.set(view, vcpu.running ? 1 : 0);
      cpuTime.set(view, vcpu.time(RUNSTATE_RUNNING, request.hypervisor.now()));
      cpu.set(view, vcpu.processor);
      return 0;
    };
  },
});

/** XEN_DOMCTL_setvcpucontext: a NULL context resets the virtual CPU. */
const setvcpucontext = operation({
  family: domctlFamily,
  name: 'setvcpucontext',
  status: partial('registers are checked and kept; nothing executes'),
  argument: 'vcpucontext',
  bind({ field, abi }) {
    const id = field('vcpu');
    const pointer = field('ctxt');
    const context = abi.struct('vcpu_guest_context_t');
    return (request) => {
      const { domain, view, call, hypervisor } = request;
      const vcpu = domain.vcpus[id.get(view)];
      if (request.self || vcpu === undefined) return -errno.EINVAL;
      domain.look();
      const now = hypervisor.now();
      const address = pointer.get(view);
      if (address === 0) {
        vcpu.initialised = false;
        vcpu.context = undefined;
        vcpu.setDown(true, now);
        return 0;
      }
      const bytes = new Uint8Array(context.size);
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      const result = checkContext(call, new DataView(bytes.buffer), domain, vcpu);
      if (result !== 0) return result;
      vcpu.context = bytes;
      // An HVM virtual CPU is initialised by sethvmcontext, and does not start with these registers.
      if (!domain.isHvm) vcpu.initialised = true;
      vcpu.setDown(((bytes[FLAGS_OFFSET] ?? 0) & VGCF_ONLINE) === 0, now);
      return 0;
    };
  },
});

const getvcpucontext = operation({
  family: domctlFamily,
  name: 'getvcpucontext',
  status: partial('returns what setvcpucontext or sethvmcontext set, else zeroes: nothing executes'),
  argument: 'vcpucontext',
  bind({ field, abi }) {
    const id = field('vcpu');
    const pointer = field('ctxt');
    const context = abi.struct('vcpu_guest_context_t');
    return (request) => {
      const { domain, view, call } = request;
      const vcpu = domain.vcpus[id.get(view)];
      if (vcpu === undefined || request.isCurrent(vcpu)) return -errno.EINVAL;
      if (!vcpu.initialised) return -errno.ENODATA;
      domain.look();
      const bytes = vcpu.context?.slice() ?? new Uint8Array(context.size);
      const registers = domain.isHvm ? cpuRecord(domain, vcpu.id) : undefined;
      if (registers !== undefined) copyRegisters(registers, bytes);
      const others = (bytes[FLAGS_OFFSET] ?? 0) & ~VGCF_ONLINE;
      bytes[FLAGS_OFFSET] = vcpu.down ? others : others | VGCF_ONLINE;
      request.copyBack = true;
      return call.copyToGuest(pointer.get(view), bytes) ? 0 : -errno.EFAULT;
    };
  },
});

export const vcpusOperations = [max_vcpus, getvcpuinfo, setvcpucontext, getvcpucontext];
