import { behaves } from '../../abi/behaviour.ts';
import type { Struct } from '../../abi/layout.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import type { Call } from '../../call/call.ts';
import type { Family } from '../../call/family.ts';
import { partial } from '../../call/hypercall.ts';
import { OperationRequest } from '../../call/operation-request.ts';
import { DeviceModel } from '../../domain/device-model.ts';
import type { Domain } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';

/** Buffers of one call, at most. */
const MAX_BUFFERS = 2;
const buffer = stableLayout('xen_dm_op_buf', 'h:u64 size:u64');
const [handle, size] = [buffer.field('h'), buffer.field('size')];
const header = stableLayout('xen_dm_op', 'op:u32 pad:u32');
const [op, pad] = [header.field('op'), header.field('pad')];

const bufferBytes = new Uint8Array(buffer.size * MAX_BUFFERS);
const bufferView = new DataView(bufferBytes.buffer);
const headerBytes = new Uint8Array(header.size);
const headerView = new DataView(headerBytes.buffer);

/** A dm_op being performed. */
export class DmRequest extends OperationRequest {
  /** The HVM domain that it acts on. */
  domain!: Domain;

  get model(): DeviceModel {
    this.domain.deviceModel ??= new DeviceModel(this.domain);
    return this.domain.deviceModel;
  }

  /** The second buffer; undefined if the caller gave none. Read it before the next call, which overwrites it. */
  get data(): { readonly address: number; readonly size: number } | undefined {
    if (this.call.u32(1) < 2) return undefined;
    return { address: handle.get(bufferView, buffer.size), size: size.get(bufferView, buffer.size) };
  }
}

const domidOf = (call: Call): number => call.u32(0) & 0xffff;

/** The command, in the struct that the first of the buffers holds; or -errno, in Xen's order. */
function command(call: Call): number {
  const count = call.u32(1);
  if (count > MAX_BUFFERS) return -errno.E2BIG;
  if (count < 1) return behaves(call.hypervisor.abi, 'dmOpWithoutBuffers') ? -errno.ENODATA : -errno.EFAULT;
  if (!call.copyFromGuest(call.address(2), bufferBytes, buffer.size * count)) return -errno.EFAULT;
  const domain = call.hypervisor.domains.get(domidOf(call));
  if (domain === undefined) return -errno.ESRCH;
  if (domain === call.domain) return -errno.EPERM;
  if (!domain.isHvm) return -errno.EINVAL;
  if (!call.domain.privileged) return -errno.EPERM;
  if (size.get(bufferView) < header.size) return -errno.EFAULT;
  if (!call.copyFromGuest(handle.get(bufferView), headerBytes)) return -errno.EFAULT;
  return pad.get(headerView) === 0 ? op.get(headerView) : -errno.EINVAL;
}

export const dmFamily: Family<DmRequest> = {
  name: 'dm_op',
  status: partial('see its sub-operations'),
  prefix: 'XEN_DMOP',
  carriage: { pointer: 2, command, address: () => handle.get(bufferView) + header.size },
  Request: DmRequest,
  unknown: 'EOPNOTSUPP',
  /** The operation's own struct comes after the header; the buffer must hold all of it. */
  check: () => (request, operation) => {
    const { call } = request;
    request.domain = call.hypervisor.domains.get(domidOf(call)) ?? call.domain; // command() found it
    request.address = handle.get(bufferView) + header.size;
    const argument = operation?.argument;
    const wanted = typeof argument === 'object' ? argument.size : 0;
    return size.get(bufferView) < header.size + wanted ? -errno.EFAULT : 0;
  },
};

/** Whether the members that must be zero are zero. */
export function zeroes(struct: Struct, ...paths: readonly string[]): (view: DataView) => boolean {
  const fields = paths.map((path) => struct.field(path));
  return (view) => fields.every((field) => field.get(view) === 0);
}
