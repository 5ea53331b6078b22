import type { Abi } from '../abi/abi.ts';
import type { Call } from '../call/call.ts';
import { anyDomain, mayTarget } from '../call/domid.ts';
import { type Status, subOperationRows, supported, type UnlistedRow } from '../call/hypercall.ts';
import { DOMID_SELF, type Domain } from '../domain/domain.ts';
import { channelStates } from '../domain/event-channels.ts';
import { errno } from '../errno.ts';

/** One EVTCHNOP_*: `view` holds its argument. 0 or -errno; with 0 it goes back to the caller if `copiesBack`. */
interface Operation {
  readonly struct: string;
  readonly status: Status;
  readonly copiesBack?: boolean;
  perform(call: Call, view: DataView): number;
}

/** Bits of a FIFO event word's link (EVTCHN_FIFO_LINK_BITS), and bytes of a control block. */
const FIFO_LINK_BITS = 17;
const FIFO_CONTROL_BYTES = 72;
const PAGE_SIZE = 4096;
/** Bytes before the argument in the compat hypercall's struct. */
const COMPAT_HEADER = 4;
/** Operations that the compat hypercall knows: up to unmask. */
const COMPAT_LAST = 9;

function operationsOf(abi: Abi): Readonly<Record<string, Operation>> {
  const field = (struct: string, name: string) => abi.struct(struct).field(name);

  /** An operation that gives out a port. */
  const binds = (struct: string, portField: string, bind: (call: Call, view: DataView) => number): Operation => {
    const port = field(struct, portField);
    return {
      struct,
      status: supported,
      copiesBack: true,
      perform(call, view) {
        const result = bind(call, view);
        if (result < 0) return result;
        port.set(view, result);
        return 0;
      },
    };
  };

  const unbound = { dom: field('evtchn_alloc_unbound', 'dom'), remote: field('evtchn_alloc_unbound', 'remote_dom') };
  const between = {
    dom: field('evtchn_bind_interdomain', 'remote_dom'),
    port: field('evtchn_bind_interdomain', 'remote_port'),
  };
  const virq = { virq: field('evtchn_bind_virq', 'virq'), vcpu: field('evtchn_bind_virq', 'vcpu') };
  const pirq = field('evtchn_bind_pirq', 'pirq');
  const ipiVcpu = field('evtchn_bind_ipi', 'vcpu');
  const closePort = field('evtchn_close', 'port');
  const sendPort = field('evtchn_send', 'port');
  const unmaskPort = field('evtchn_unmask', 'port');
  const bindVcpu = { port: field('evtchn_bind_vcpu', 'port'), vcpu: field('evtchn_bind_vcpu', 'vcpu') };
  const arrayGfn = field('evtchn_expand_array', 'array_gfn');
  const priority = { port: field('evtchn_set_priority', 'port'), priority: field('evtchn_set_priority', 'priority') };

  const reset = resetOperation(abi);
  return {
    alloc_unbound: binds('evtchn_alloc_unbound', 'port', (call, view) => {
      const domain = anyDomain(call, unbound.dom.get(view));
      if (domain === undefined) return -errno.ESRCH;
      if (!mayTarget(call.domain, domain)) return -errno.EPERM;
      const remote = unbound.remote.get(view);
      return domain.eventChannels.allocUnbound(remote === DOMID_SELF ? call.domain.id : remote);
    }),
    bind_interdomain: binds('evtchn_bind_interdomain', 'local_port', (call, view) => {
      const remote = anyDomain(call, between.dom.get(view));
      if (remote === undefined) return -errno.ESRCH;
      return call.domain.eventChannels.bindInterdomain(remote, between.port.get(view));
    }),
    bind_virq: binds('evtchn_bind_virq', 'port', (call, view) =>
      call.domain.eventChannels.bindVirq(virq.virq.get(view), virq.vcpu.get(view)),
    ),
    bind_pirq: binds('evtchn_bind_pirq', 'port', (call, view) => call.domain.eventChannels.bindPirq(pirq.get(view))),
    bind_ipi: binds('evtchn_bind_ipi', 'port', (call, view) => call.domain.eventChannels.bindIpi(ipiVcpu.get(view))),
    close: {
      struct: 'evtchn_close',
      status: supported,
      perform: (call, view) => call.domain.eventChannels.close(closePort.get(view)),
    },
    send: {
      struct: 'evtchn_send',
      status: supported,
      perform: (call, view) => call.domain.eventChannels.send(sendPort.get(view)),
    },
    status: statusOperation(abi),
    bind_vcpu: {
      struct: 'evtchn_bind_vcpu',
      status: supported,
      perform: (call, view) => call.domain.eventChannels.bindVcpu(bindVcpu.port.get(view), bindVcpu.vcpu.get(view)),
    },
    unmask: {
      struct: 'evtchn_unmask',
      status: supported,
      perform: (call, view) => call.domain.eventChannels.unmask(unmaskPort.get(view)),
    },
    reset,
    reset_cont: reset,
    init_control: initControl(abi),
    expand_array: {
      struct: 'evtchn_expand_array',
      status: supported,
      perform(call, view) {
        const { eventChannels, memory } = call.domain;
        if (eventChannels.fifoVcpus.size === 0) return -errno.EOPNOTSUPP;
        return memory.pageOf(arrayGfn.get(view)) === undefined ? -errno.EINVAL : eventChannels.expandArray();
      },
    },
    set_priority: {
      struct: 'evtchn_set_priority',
      status: supported,
      perform: (call, view) =>
        call.domain.eventChannels.setPriority(priority.port.get(view), priority.priority.get(view)),
    },
  };
}

function statusOperation(abi: Abi): Operation {
  const struct = abi.struct('evtchn_status');
  const [dom, port, state, vcpu] = ['dom', 'port', 'status', 'vcpu'].map((name) => struct.field(name));
  const remoteDom = struct.field('u.interdomain.dom');
  const remotePort = struct.field('u.interdomain.port');
  const source = struct.field('u.virq');
  return {
    struct: 'evtchn_status',
    status: supported,
    copiesBack: true,
    perform(call, view) {
      const domain: Domain | undefined = anyDomain(call, dom!.get(view));
      if (domain === undefined) return -errno.ESRCH;
      const number = port!.get(view);
      if (!domain.eventChannels.isValid(number)) return -errno.EINVAL;
      if (!mayTarget(call.domain, domain)) return -errno.EPERM;
      const channel = domain.eventChannels.get(number);
      state!.set(view, channelStates[channel?.state ?? 'closed']);
      vcpu!.set(view, channel?.vcpu ?? 0);
      switch (channel?.state) {
        case 'unbound':
          remoteDom.set(view, channel.remoteId);
          break;
        case 'interdomain':
          remoteDom.set(view, channel.remoteId);
          remotePort.set(view, channel.remotePort);
          break;
        case 'pirq':
        case 'virq':
          source.set(view, channel.source);
      }
      return 0;
    },
  };
}

function resetOperation(abi: Abi): Operation {
  const dom = abi.struct('evtchn_reset').field('dom');
  return {
    struct: 'evtchn_reset',
    status: supported,
    perform(call, view) {
      const domain = anyDomain(call, dom.get(view));
      if (domain === undefined) return -errno.ESRCH;
      if (!mayTarget(call.domain, domain)) return -errno.EPERM;
      if (domain !== call.domain && domain.controllerPauseCount === 0) return -errno.EINVAL;
      domain.eventChannels.reset();
      return 0;
    },
  };
}

function initControl(abi: Abi): Operation {
  const struct = abi.struct('evtchn_init_control');
  const gfn = struct.field('control_gfn');
  const offset = struct.field('offset');
  const vcpu = struct.field('vcpu');
  const linkBits = struct.field('link_bits');
  return {
    struct: 'evtchn_init_control',
    status: supported,
    copiesBack: true,
    perform({ domain }, view) {
      const { eventChannels, memory } = domain;
      linkBits.set(view, FIFO_LINK_BITS);
      const id = vcpu.get(view);
      if (!eventChannels.hasVcpu(id)) return -errno.ENOENT;
      const at = offset.get(view);
      if (at > PAGE_SIZE - FIFO_CONTROL_BYTES || at % 8 !== 0) return -errno.EINVAL;
      if (eventChannels.fifoVcpus.has(id) || memory.pageOf(gfn.get(view)) === undefined) return -errno.EINVAL;
      eventChannels.fifoVcpus.add(id);
      return 0;
    },
  };
}

/** event_channel_op(cmd, arg): notifications between domains, virtual CPUs and Xen. */
export function eventChannelOp(abi: Abi): UnlistedRow {
  const numbers = abi.subOperations('EVTCHNOP');
  const operations = operationsOf(abi);
  const byNumber = new Map<number, (call: Call, address: number) => number>();
  for (const [name, number] of Object.entries(numbers)) {
    const operation = operations[name];
    if (operation === undefined) continue;
    const bytes = new Uint8Array(abi.struct(operation.struct).size);
    const view = new DataView(bytes.buffer);
    byNumber.set(number, (call, address) => {
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      const result = operation.perform(call, view);
      if (result !== 0 || operation.copiesBack !== true) return result;
      return call.copyToGuest(address, bytes) ? 0 : -errno.EFAULT;
    });
  }
  return {
    number: 32,
    name: 'event_channel_op',
    argumentAt: { argument: 1, offset: 0 },
    status: supported,
    subOperations: subOperationRows(Object.entries(numbers), () => supported),
    handler: (call) => byNumber.get(call.u32(0))?.(call, call.address(1)) ?? -errno.ENOSYS,
  };
}

/** event_channel_op_compat(struct evtchn_op *): the same with the command in the struct. PV only. */
export function eventChannelOpCompat(abi: Abi): UnlistedRow {
  const { handler: _handler, ...row } = eventChannelOp(abi);
  const perform = eventChannelOp(abi).handler;
  const bytes = new Uint8Array(abi.struct('evtchn_op').size);
  const view = new DataView(bytes.buffer);
  return {
    ...row,
    number: 16,
    name: 'event_channel_op_compat',
    handler(call) {
      if (call.domain.type !== 'pv') return -errno.ENOSYS;
      const address = call.address(0);
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      const command = view.getUint32(0, true);
      if (command > COMPAT_LAST || perform === undefined) return -errno.ENOSYS;
      call.view.setBigUint64(8, BigInt(command), true);
      call.view.setBigUint64(16, BigInt(address + COMPAT_HEADER), true);
      return perform(call);
    },
  };
}
