import { stableLayout } from '../../abi/stable-layout.ts';
import type { Call } from '../../call/call.ts';
import { partial, supported, unsupported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { visibleType } from '../../domain/device-model.ts';
import { DOMID_SELF, type Domain } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import { altp2m } from './altp2m.ts';
import { hvmFamily } from './family.ts';
import { mayGetParameter, maySetParameter, parameterOf, storeParameter } from './parameter-rules.ts';

/** The domain that an operation acts on, if the caller may do so: itself or, for a privileged caller, any. Otherwise -errno. */
function target(call: Call, id: number): Domain | number {
  const domain = id === DOMID_SELF ? call.domain : call.hypervisor.domains.get(id);
  if (domain === undefined) return -errno.ESRCH;
  if (!domain.isHvm) return -errno.EINVAL;
  return domain === call.domain || call.domain.privileged ? domain : -errno.EPERM;
}

/** HVM_NR_PARAMS of 4.17. */
const PARAMETERS = 39;
const parameter = stableLayout('xen_hvm_param', 'domid:u16 pad:u16 index:u32 value:u64');

const setParam = operation({
  family: hvmFamily,
  name: 'set_param',
  status: partial('stores the value; no parameter has an effect'),
  argument: parameter,
  bind({ field }) {
    const [domid, indexField, valueField] = [field('domid'), field('index'), field('value')];
    return ({ call, hypervisor, caller, view }) => {
      const index = indexField.get(view);
      if (index >= PARAMETERS) return -errno.EINVAL;
      const domain = target(call, domid.get(view));
      if (typeof domain === 'number') return domain;
      const value = valueField.getBig(view);
      const refused = maySetParameter(hypervisor, caller, domain, index, value);
      if (refused < 0) return refused;
      storeParameter(domain, index, value);
      return 0;
    };
  },
});

const getParam = operation({
  family: hvmFamily,
  name: 'get_param',
  status: supported,
  argument: parameter,
  copies: 'both',
  bind({ field }) {
    const [domid, indexField, value] = [field('domid'), field('index'), field('value')];
    return ({ call, hypervisor, caller, view }) => {
      const index = indexField.get(view);
      if (index >= PARAMETERS) return -errno.EINVAL;
      const domain = target(call, domid.get(view));
      if (typeof domain === 'number') return domain;
      const refused = mayGetParameter(hypervisor, caller, domain, index);
      if (refused < 0) return refused;
      value.setBig(view, parameterOf(domain, index));
      return 0;
    };
  },
});

const flushTlbs = operation({
  family: hvmFamily,
  name: 'flush_tlbs',
  status: supported,
  handler: ({ caller, address }) => (address === 0 && caller.isHvm ? 0 : -errno.EINVAL),
});

const pagetableDying = operation({
  family: hvmFamily,
  name: 'pagetable_dying',
  status: supported,
  argument: stableLayout('xen_hvm_pagetable_dying', 'domid:u16 gpa:u64'),
  bind({ field }) {
    const domid = field('domid');
    return ({ hypervisor, caller, view }) => {
      const id = domid.get(view);
      if (id === DOMID_SELF || id === caller.id) return -errno.EINVAL;
      // For shadow page tables only, which the machine's domains do not have.
      return hypervisor.domains.has(id) ? -errno.EOPNOTSUPP : -errno.ESRCH;
    };
  },
});

const getTime = operation({
  family: hvmFamily,
  name: 'get_time',
  status: supported,
  argument: stableLayout('xen_hvm_get_time', 'now:u64'),
  copies: 'out',
  bind({ field }) {
    const now = field('now');
    return ({ hypervisor, view }) => {
      now.setBig(view, hypervisor.machine.uptime());
      return 0;
    };
  },
});

/** A guest's trace events have 12 bits. */
const LAST_EVENT = 0xfff;

const xentrace = operation({
  family: hvmFamily,
  name: 'xentrace',
  status: partial('the record is dropped'),
  argument: stableLayout('xen_hvm_xentrace', 'event:u16 extra_bytes:u16 extra:u8[28]'),
  bind({ field }) {
    const [event, bytes, extra] = [field('event'), field('extra_bytes'), field('extra')];
    return ({ view }) => (bytes.get(view) > extra.size || event.get(view) > LAST_EVENT ? -errno.EINVAL : 0);
  },
});

const getMemType = operation({
  family: hvmFamily,
  name: 'get_mem_type',
  status: supported,
  argument: stableLayout('xen_hvm_get_mem_type', 'domid:u16 mem_type:u16 pad:u16[2] pfn:u64'),
  copies: 'both',
  bind({ field }) {
    const [domid, type, pfn] = [field('domid'), field('mem_type'), field('pfn')];
    return ({ hypervisor, caller, view }) => {
      const id = domid.get(view);
      const domain = id === DOMID_SELF ? caller : hypervisor.domains.get(id);
      if (domain === undefined) return -errno.ESRCH;
      if (domain !== caller && !caller.privileged) return -errno.EPERM;
      if (!domain.isHvm) return -errno.EINVAL;
      type.set(view, visibleType(domain, pfn.get(view)));
      return 0;
    };
  },
});

/** Interrupt vectors below are the CPU's own. */
const FIRST_VECTOR = 0x10;

const setEvtchnUpcallVector = operation({
  family: hvmFamily,
  name: 'set_evtchn_upcall_vector',
  status: partial('no interrupt is ever delivered'),
  argument: stableLayout('xen_hvm_evtchn_upcall_vector', 'vcpu:u32 vector:u8'),
  before: ({ caller }) => (caller.isHvm ? 0 : -errno.EINVAL),
  bind({ field }) {
    const [vcpu, vector] = [field('vcpu'), field('vector')];
    return ({ caller, view }) => {
      if (vector.get(view) < FIRST_VECTOR) return -errno.EINVAL;
      return caller.vcpus[vcpu.get(view)] === undefined ? -errno.ENOENT : 0;
    };
  },
});

const guestRequestVmEvent = operation({
  family: hvmFamily,
  name: 'guest_request_vm_event',
  status: partial(
    'an event that does not fit into the ring is dropped; a process in a guest continues without an answer',
  ),
  handler({ caller, address }) {
    if (address !== 0) return -errno.EINVAL;
    caller.monitor?.guestRequest(0);
    return 0;
  },
});

const moved = (name: string) => operation({ family: hvmFamily, name, status: unsupported('ENOSYS', 'moved to dm_op') });

export const hvmOperations = [
  setParam,
  getParam,
  flushTlbs,
  pagetableDying,
  getTime,
  xentrace,
  getMemType,
  setEvtchnUpcallVector,
  guestRequestVmEvent,
  altp2m,
  moved('set_pci_intx_level'),
  moved('set_isa_irq_level'),
  moved('set_pci_link_route'),
  moved('track_dirty_vram'),
  moved('modified_memory'),
  moved('set_mem_type'),
  moved('set_mem_access'),
  moved('get_mem_access'),
  moved('inject_trap'),
  moved('inject_msi'),
  moved('create_ioreq_server'),
  moved('get_ioreq_server_info'),
  moved('map_io_range_to_ioreq_server'),
  moved('unmap_io_range_from_ioreq_server'),
  moved('destroy_ioreq_server'),
  moved('set_ioreq_server_state'),
];
