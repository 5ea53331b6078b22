import { stableLayout } from '../abi/stable-layout.ts';
import type { Call } from '../call/call.ts';
import type { Family } from '../call/family.ts';
import { partial, unsupported } from '../call/hypercall.ts';
import { operation } from '../call/operation.ts';
import { OperationRequest } from '../call/operation-request.ts';
import { serve } from '../call/serve.ts';
import { DOMID_SELF } from '../domain/domain.ts';
import { errno } from '../errno.ts';

/** Buffers of one call, at most. */
const MAX_BUFFERS = 2;
const buffer = stableLayout('xen_dm_op_buf', 'h:u64 size:u64');
const [handle, size] = [buffer.field('h'), buffer.field('size')];
const header = stableLayout('xen_dm_op', 'op:u32 pad:u32 u:u64[3]');
const [op, pad] = [header.field('op'), header.field('pad')];
const UNION = header.field('u').offset;

const bufferBytes = new Uint8Array(buffer.size * MAX_BUFFERS);
const bufferView = new DataView(bufferBytes.buffer);
const headerBytes = new Uint8Array(header.size);
const headerView = new DataView(headerBytes.buffer);

/** The command, in the struct that the first of the buffers holds; or -errno, in Xen's order. */
function command(call: Call): number {
  const domid = call.u32(0) & 0xffff;
  const count = call.u32(1);
  if (count > MAX_BUFFERS) return -errno.E2BIG;
  if (count < 1) return -errno.ENODATA;
  if (!call.copyFromGuest(call.address(2), bufferBytes, buffer.size * count)) return -errno.EFAULT;
  if (domid === DOMID_SELF || domid === call.domain.id) return -errno.EPERM;
  const domain = call.hypervisor.domains.get(domid);
  if (domain === undefined) return -errno.ESRCH;
  if (domain.type === 'pv') return -errno.EINVAL;
  if (!call.domain.privileged) return -errno.EPERM;
  if (size.get(bufferView) < UNION) return -errno.EFAULT;
  if (!call.copyFromGuest(handle.get(bufferView), headerBytes)) return -errno.EFAULT;
  return pad.get(headerView) === 0 ? op.get(headerView) : -errno.EINVAL;
}

const dmFamily: Family = {
  name: 'dm_op',
  status: partial('there are no ioreq servers, and changes of interrupts or memory types have no effect'),
  prefix: 'XEN_DMOP',
  carriage: { pointer: 2, command },
  Request: OperationRequest,
  unknown: 'EOPNOTSUPP',
};

/** Changes what no device of the model has. */
const accepted = (name: string) =>
  operation({ family: dmFamily, name, status: partial('accepted, without effect'), handler: () => 0 });

const refused = (name: string, why: string) =>
  operation({ family: dmFamily, name, status: unsupported('EOPNOTSUPP', why) });

const noServers = 'there are no ioreq servers';

const operations = [
  refused('create_ioreq_server', noServers),
  refused('get_ioreq_server_info', noServers),
  accepted('map_io_range_to_ioreq_server'),
  accepted('unmap_io_range_from_ioreq_server'),
  accepted('set_ioreq_server_state'),
  refused('destroy_ioreq_server', noServers),
  accepted('track_dirty_vram'),
  accepted('set_pci_intx_level'),
  accepted('set_isa_irq_level'),
  accepted('set_pci_link_route'),
  accepted('modified_memory'),
  accepted('set_mem_type'),
  accepted('inject_event'),
  accepted('inject_msi'),
  refused('map_mem_type_to_ioreq_server', noServers),
  refused('remote_shutdown', 'not modelled'),
  refused('relocate_memory', 'not modelled'),
  accepted('pin_memory_cacheattr'),
  accepted('set_irq_level'),
  refused('nr_vcpus', 'not modelled'),
];

/** dm_op(domid, nr_bufs, bufs): what a device model asks about the HVM domain that it serves. */
export const dmOp = serve(dmFamily, operations);
