import type { Abi } from '../../abi/abi.ts';
import type { Call } from '../../call/call.ts';
import { partial, type Status, subOperationRows, type UnlistedRow, unsupported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { coreParking, cpuOffline, cpuOnline, getCpuinfo, getCpuVersion } from './cpus.ts';
import { getSymbol, resourceOp } from './resource.ts';
import { settings } from './settings.ts';

/** One XENPF_*: `address` is where the struct lies at the caller's, `union` where its union starts in `view`. */
export interface PlatformOperation {
  readonly name: string;
  readonly status: Status;
  perform(call: Call, view: DataView, union: number, address: number): number;
}

/** XENPF_INTERFACE_VERSION: the same in every release. */
const INTERFACE_VERSION = 0x03000001;

const operations: readonly PlatformOperation[] = [
  getCpuinfo,
  getCpuVersion,
  cpuOnline,
  cpuOffline,
  coreParking,
  resourceOp,
  getSymbol,
  ...settings,
];

/** platform_op(struct xen_platform_op *): what dom0's kernel asks of the hardware. */
export function platformOp(abi: Abi): UnlistedRow {
  const struct = abi.struct('xen_platform_op');
  const command = struct.field('cmd');
  const version = struct.field('interface_version');
  const union = struct.field('u.pad').offset;
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  const numbers = Object.entries(abi.subOperations('XENPF'));
  const byNumber = new Map<number, PlatformOperation>();
  for (const [name, number] of numbers) {
    const operation = byName.get(name);
    if (operation !== undefined) byNumber.set(number, operation);
  }
  const bytes = new Uint8Array(struct.size);
  const view = new DataView(bytes.buffer);
  return {
    number: 7,
    name: 'platform_op',
    status: partial('see its sub-operations'),
    subOperations: subOperationRows(
      numbers,
      (name) => byName.get(name)?.status ?? unsupported('ENOSYS', 'not modelled'),
    ),
    handler(call) {
      const address = call.address(0);
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      if (version.get(view) !== INTERFACE_VERSION) return -errno.EACCES;
      if (!call.domain.privileged) return -errno.EPERM;
      return byNumber.get(command.get(view))?.perform(call, view, union, address) ?? -errno.ENOSYS;
    },
  };
}
