import type { Abi } from '../../abi/abi.ts';
import type { Struct } from '../../abi/layout.ts';
import type { Call } from '../../call.ts';
import { errno } from '../../errno.ts';
import { type Hypercall, partial, type Status, unsupported } from '../../hypercall.ts';
import { readconsole } from './readconsole.ts';

/** One XEN_SYSCTL_*: `view` holds the whole struct xen_sysctl as the caller passed it. */
export interface SysctlOperation {
  readonly name: string;
  readonly status: Status;
  /** 0 or more, or -errno. Set `call` back with `copyBack` to have the struct written to the caller. */
  perform(call: Call, view: DataView, struct: Struct, address: number): number;
}

/** Every sub-operation that the model performs, by name. */
const operations: readonly SysctlOperation[] = [readconsole];

/** sysctl(struct xen_sysctl *): what a privileged domain asks of the machine. */
export function sysctl(abi: Abi): Hypercall {
  const struct = abi.struct('xen_sysctl');
  const command = struct.field('cmd');
  const version = struct.field('interface_version');
  const byNumber = new Map<number, SysctlOperation>();
  const numbers = abi.subOperations('XEN_SYSCTL');
  for (const operation of operations) {
    const number = numbers[operation.name];
    if (number !== undefined) byNumber.set(number, operation);
  }
  const bytes = new Uint8Array(struct.size);
  const view = new DataView(bytes.buffer);
  return {
    number: 35,
    name: 'sysctl',
    args: 1,
    status: partial('see its sub-operations'),
    subOperations: Object.entries(numbers).map(([name, number]) => ({
      number,
      name,
      status: byNumber.get(number)?.status ?? unsupported('ENOSYS', 'not modelled yet'),
    })),
    handler(call) {
      const address = call.address(0);
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      if (version.get(view) !== abi.sysctlVersion) return -errno.EACCES;
      if (!call.domain.privileged) return -errno.EPERM;
      const operation = byNumber.get(command.get(view));
      return operation === undefined ? -errno.ENOSYS : operation.perform(call, view, struct, address);
    },
  };
}
