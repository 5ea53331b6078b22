import type { Abi } from '../abi/abi.ts';
import type { Struct } from '../abi/layout.ts';
import { stableLayout } from '../abi/stable-layout.ts';
import type { Call } from '../call/call.ts';
import { partial, type Status, subOperationRows, supported, type UnlistedRow, unsupported } from '../call/hypercall.ts';
import { DOMID_SELF, type Domain } from '../domain/domain.ts';
import { errno } from '../errno.ts';
import { mayGetParameter, maySetParameter } from './hvm-parameter-rules.ts';

/** HVMMEM_* (xen/hvm/hvm_op.h). */
const HVMMEM_RAM_RW = 0;
const HVMMEM_MMIO_DM = 2;
/** A guest's trace events have 12 bits. */
const LAST_EVENT = 0xfff;
/** HVM_NR_PARAMS of 4.17. */
const PARAMETERS = 39;

const param = stableLayout('xen_hvm_param', 'domid:u16 index:u32 value:u64');
const upcallVector = stableLayout('xen_hvm_evtchn_upcall_vector', 'vcpu:u32 vector:u8');
const dying = stableLayout('xen_hvm_pagetable_dying', 'domid:u16 gpa:u64');
const time = stableLayout('xen_hvm_xentrace', 'event:u16 extra_bytes:u16 extra:u8[28]');
const memType = stableLayout('xen_hvm_get_mem_type', 'domid:u16 mem_type:u16 pad:u16[2] pfn:u64');
const altp2m = stableLayout('xen_hvm_altp2m_op', 'version:u32 cmd:u32 domain:u16 pad:u16[3] u:u8[64]');

interface Operation {
  readonly struct?: Struct;
  /** EINVAL for PV callers, before the argument is looked at. */
  readonly hvmOnly?: boolean;
  readonly status: Status;
  perform(call: Call, view: DataView, address: number): number;
}

const isHvm = (domain: Domain) => domain.type !== 'pv';

/** The domain that an operation means, if the caller may act on it: itself or, for a privileged one, any. Else -errno. */
function target(call: Call, id: number): Domain | number {
  const domain = id === DOMID_SELF ? call.domain : call.hypervisor.domains.get(id);
  if (domain === undefined) return -errno.ESRCH;
  if (!isHvm(domain)) return -errno.EINVAL;
  return domain === call.domain || call.domain.privileged ? domain : -errno.EPERM;
}

const operations: Record<string, Operation> = {
  set_param: {
    struct: param,
    status: partial('stores the value; no parameter acts'),
    perform(call, view) {
      const index = param.field('index').get(view);
      if (index >= PARAMETERS) return -errno.EINVAL;
      const domain = target(call, param.field('domid').get(view));
      if (typeof domain === 'number') return domain;
      const value = param.field('value').getBig(view);
      const refused = maySetParameter(call.domain, domain, index, value, domain.hvmParameters.get(index) ?? 0n);
      if (refused < 0) return refused;
      domain.hvmParameters.set(index, value);
      return 0;
    },
  },
  get_param: {
    struct: param,
    status: supported,
    perform(call, view, address) {
      const index = param.field('index').get(view);
      if (index >= PARAMETERS) return -errno.EINVAL;
      const domain = target(call, param.field('domid').get(view));
      if (typeof domain === 'number') return domain;
      const refused = mayGetParameter(call.domain, domain, index);
      if (refused < 0) return refused;
      param.field('value').setBig(view, domain.hvmParameters.get(index) ?? 0n);
      return call.structToGuest(address, view);
    },
  },
  flush_tlbs: {
    status: supported,
    perform: (call, _view, address) => (address === 0 && isHvm(call.domain) ? 0 : -errno.EINVAL),
  },
  pagetable_dying: {
    struct: dying,
    status: supported,
    perform(call, view) {
      const id = dying.field('domid').get(view);
      // For shadow page tables only, which the machine's domains do not have.
      return id === DOMID_SELF || call.hypervisor.domains.has(id) ? -errno.EINVAL : -errno.ESRCH;
    },
  },
  get_time: {
    status: supported,
    perform(call, _view, address) {
      const now = new DataView(new ArrayBuffer(8));
      now.setBigUint64(0, call.hypervisor.machine.uptime(), true);
      return call.structToGuest(address, now);
    },
  },
  xentrace: {
    struct: time,
    status: partial('the record is dropped'),
    perform: (_call, view) =>
      time.field('extra_bytes').get(view) > 28 || time.field('event').get(view) > LAST_EVENT ? -errno.EINVAL : 0,
  },
  get_mem_type: {
    struct: memType,
    status: partial('a page is RAM or not there'),
    perform(call, view, address) {
      const id = memType.field('domid').get(view);
      const domain = id === DOMID_SELF ? call.domain : call.hypervisor.domains.get(id);
      if (domain === undefined) return -errno.ESRCH;
      if (domain !== call.domain && !call.domain.privileged) return -errno.EPERM;
      if (!isHvm(domain)) return -errno.EINVAL;
      const there = domain.memory.pageOf(memType.field('pfn').get(view)) !== undefined;
      memType.field('mem_type').set(view, there ? HVMMEM_RAM_RW : HVMMEM_MMIO_DM);
      return call.structToGuest(address, view);
    },
  },
  set_evtchn_upcall_vector: {
    struct: upcallVector,
    hvmOnly: true,
    status: partial('no interrupt is ever delivered'),
    perform({ domain }, view) {
      // vectors below 16 are the CPU's own
      if (upcallVector.field('vector').get(view) < 0x10) return -errno.EINVAL;
      return domain.vcpus[upcallVector.field('vcpu').get(view)] === undefined ? -errno.ENOENT : 0;
    },
  },
  guest_request_vm_event: {
    status: partial(
      'an event for which the ring has no room is dropped; a process of a guest goes on without the answer',
    ),
    perform({ domain }, _view, address) {
      if (address !== 0) return -errno.EINVAL;
      domain.monitor?.guestRequest(0);
      return 0;
    },
  },
  altp2m: {
    struct: altp2m,
    status: unsupported('EOPNOTSUPP', 'the simulated CPU has no alternate page tables'),
    perform: (call) => (isHvm(call.domain) || call.domain.privileged ? -errno.EOPNOTSUPP : -errno.EINVAL),
  },
};

const notOperations = /^altp2m_/;

/** hvm_op(op, arg): what concerns HVM domains, and their parameters. */
export function hvmOp(abi: Abi): UnlistedRow {
  const numbers = Object.entries(abi.subOperations('HVMOP')).filter(([name]) => !notOperations.test(name));
  const byNumber = new Map(numbers.map(([name, number]) => [number, operations[name]]));
  return {
    number: 34,
    name: 'hvm_op',
    status: partial('see its sub-operations'),
    subOperations: subOperationRows(
      numbers,
      (name) => operations[name]?.status ?? unsupported('ENOSYS', 'moved to dm_op'),
    ),
    handler(call) {
      const operation = byNumber.get(call.u32(0));
      if (operation === undefined || call.address(0) >= 2 ** 32) return -errno.ENOSYS;
      if (operation.hvmOnly === true && !isHvm(call.domain)) return -errno.EINVAL;
      const bytes = new Uint8Array(operation.struct?.size ?? 0);
      const address = call.address(1);
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      return operation.perform(call, new DataView(bytes.buffer), address);
    },
  };
}
