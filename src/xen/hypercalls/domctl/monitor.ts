import { behaves } from '../../abi/behaviour.ts';
import type { Field } from '../../abi/layout.ts';
import { partial } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Monitor } from '../../domain/monitor/monitor.ts';
import { monitorOf } from '../../domain/monitor/monitor-of.ts';
import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';
import { domctlFamily } from './family.ts';

/** XEN_DOMCTL_MONITOR_OP_*. */
const OP = { enable: 0, disable: 1, getCapabilities: 2, emulateEachRep: 3, controlRegisters: 4 } as const;
/** XEN_DOMCTL_MONITOR_EVENT_*. */
const EVENT = {
  writeCtrlreg: 0,
  movToMsr: 1,
  singlestep: 2,
  softwareBreakpoint: 3,
  guestRequest: 4,
  debugException: 5,
  cpuid: 6,
  interrupt: 8,
  descAccess: 9,
  emulUnimplemented: 10,
  inguestPagefault: 11,
  vmexit: 12,
  io: 13,
} as const;
const LAST_BIT = 31;
/** Start of each range of model-specific registers that Xen can monitor; a range has 0x2000 registers. */
const MSR_RANGES = [0, 0x40000000, 0xc0000000];
const MSR_RANGE = 0x2000;

/** The events that the machine supports for such a domain, one bit each. Single steps need VMX's monitor trap flag. */
function capabilities({ abi, machine: { vendor } }: Hypervisor, domain: Domain): number {
  if (!domain.isHvm) return 0;
  let all = 0;
  for (const event of Object.values(EVENT)) all |= 1 << event;
  if (!behaves(abi, 'monitorVmexit')) all &= ~(1 << EVENT.vmexit);
  if (!behaves(abi, 'monitorIo')) all &= ~(1 << EVENT.io);
  return vendor === 'intel' ? all : all & ~(1 << EVENT.singlestep);
}

/** Sets or clears one bit: EEXIST if it already has that value. */
function turn(bits: number, bit: number, on: boolean): number {
  return ((bits >>> bit) & 1) === Number(on) ? -errno.EEXIST : bits ^ (1 << bit);
}

function changeMsr({ msrs, enabled }: Monitor, msr: number, on: boolean, onlyChanges: boolean): number {
  if (msrs.has(msr) === on) return -errno.EEXIST;
  // The monitor that stores them is created with the ring.
  if (on && !enabled) return -errno.ENXIO;
  if (!MSR_RANGES.some((start) => msr >= start && msr < start + MSR_RANGE)) return -errno.EINVAL;
  if (on) msrs.set(msr, { sync: true, onlyChanges, ignored: 0n });
  else msrs.delete(msr);
  return 0;
}

type Reader = (view: DataView) => number;

/** The fields of the event of a write to a control register. */
const registerFields = (member: (name: string) => Reader, mask: Field | undefined) => ({
  index: member('mov_to_cr.index'),
  pads: [member('mov_to_cr.pad1'), member('mov_to_cr.pad2')],
  sync: member('mov_to_cr.sync'),
  onlyChanges: member('mov_to_cr.onchangeonly'),
  mask,
});

function changeRegister(
  { controlRegisters }: Monitor,
  fields: ReturnType<typeof registerFields>,
  view: DataView,
  on: boolean,
): number {
  const index = fields.index(view);
  if (index > LAST_BIT || fields.pads.some((pad) => pad(view) !== 0)) return -errno.EINVAL;
  if (controlRegisters.has(index) === on) return -errno.EEXIST;
  if (!on) {
    controlRegisters.delete(index);
    return 0;
  }
  controlRegisters.set(index, {
    sync: fields.sync(view) !== 0,
    onlyChanges: fields.onlyChanges(view) !== 0,
    ignored: fields.mask?.getBig(view) ?? 0n,
  });
  return 0;
}

/** XEN_DOMCTL_monitor_op: selects the events of a guest that its listener gets. */
const monitor_op = operation({
  family: domctlFamily,
  name: 'monitor_op',
  status: partial("nothing is executed: events come from guests' requests and from a scenario"),
  argument: 'monitor_op',
  bind({ field, optional }) {
    const opField = field('op');
    const eventField = field('event');
    /** Reads a member of the operation's union; 0 if the release has no such member. */
    const member = (name: string): Reader => {
      const found = optional(`u.${name}`);
      return (view: DataView) => found?.get(view) ?? 0;
    };
    const register = registerFields(member, optional('u.mov_to_cr.bitmask'));
    const msr = { index: member('mov_to_msr.msr'), onlyChanges: member('mov_to_msr.onchangeonly') };
    const sync = member('guest_request.sync');

    const change = (monitor: Monitor, event: number, view: DataView, on: boolean): number => {
      if (event === EVENT.movToMsr) return changeMsr(monitor, msr.index(view), on, msr.onlyChanges(view) !== 0);
      if (event === EVENT.writeCtrlreg) return changeRegister(monitor, register, view, on);
      const events = turn(monitor.events, event, on);
      if (events < 0) return events;
      monitor.events = events;
      if (event === EVENT.guestRequest) Object.assign(monitor.guestRequests, { enabled: on, sync: sync(view) !== 0 });
      return 0;
    };

    return (request) => {
      const { domain, view, hypervisor } = request;
      if (request.self) return -errno.EPERM;
      const able = capabilities(hypervisor, domain);
      const event = eventField.get(view);
      const op = opField.get(view);
      let result = 0;
      switch (op) {
        case OP.enable:
        case OP.disable:
          if (event > LAST_BIT) return -errno.EINVAL;
          if (((able >>> event) & 1) === 0) return -errno.EOPNOTSUPP;
          if (event === EVENT.interrupt && hypervisor.machine.vendor !== 'intel') return -errno.EOPNOTSUPP;
          result = change(monitorOf(hypervisor, domain), event, view, op === OP.enable);
          break;
        case OP.getCapabilities:
          eventField.set(view, able);
          break;
        case OP.emulateEachRep:
          if (domain.monitor?.enabled !== true) return -errno.EINVAL;
          break;
        case OP.controlRegisters:
          monitorOf(hypervisor, domain).mayDeny = true;
          break;
        default:
          return -errno.EOPNOTSUPP;
      }
      request.copyBack = result === 0;
      return result;
    };
  },
});

export const monitorOperations = [monitor_op];
