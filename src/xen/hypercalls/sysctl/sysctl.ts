import type { Abi } from '../../abi/abi.ts';
import type { Field, Struct } from '../../abi/layout.ts';
import type { Call } from '../../call/call.ts';
import { type Hypercall, partial, type Status, subOperationRows, unsupported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { prepareDomainInfoList } from './getdomaininfolist.ts';
import { operations } from './operations.ts';

/** One XEN_SYSCTL_*: `view` holds the whole struct xen_sysctl as the caller passed it. */
export interface SysctlOperation {
  readonly name: string;
  readonly status: Status;
  /** 0 or more, or -errno. Writes the struct, or a field of it, back to the caller's `address` where Xen does. */
  perform(call: Call, view: DataView, struct: Struct, address: number): number;
}

/** struct xen_sysctl of one interface version, and the sub-operations by their numbers in it. */
interface Interface {
  readonly struct: Struct;
  readonly command: Field;
  readonly byNumber: ReadonlyMap<number, SysctlOperation>;
}

const byName = new Map(operations.map((operation) => [operation.name, operation]));

/** Names of the header that number a CPU policy or featureset, not a sub-operation. */
const notOperations = /^cpu_(featureset|policy)_/;

/** The sub-operations' names and numbers in a release. */
function numbersOf(abi: Abi): [string, number][] {
  return Object.entries(abi.subOperations('XEN_SYSCTL')).filter(([name]) => !notOperations.test(name));
}

function interfaceOf(abi: Abi): Interface {
  const struct = abi.struct('xen_sysctl');
  prepareDomainInfoList(struct, abi.struct('xen_domctl'));
  const byNumber = new Map<number, SysctlOperation>();
  for (const [name, number] of numbersOf(abi)) {
    const operation = byName.get(name);
    if (operation !== undefined) byNumber.set(number, operation);
  }
  return { struct, command: struct.field('cmd'), byNumber };
}

/** sysctl(struct xen_sysctl *): what a privileged domain asks of the machine. */
export function sysctl(abi: Abi, others: readonly Abi[]): Hypercall {
  // Versions that share a number differ in added sub-operations only: the newest serves them all, but this release its own.
  const interfaces = new Map<number, Interface>();
  for (const other of others) interfaces.set(other.sysctlVersion, interfaceOf(other));
  const own = interfaceOf(abi);
  interfaces.set(abi.sysctlVersion, own);
  const version = own.struct.field('interface_version');
  const bytes = new Uint8Array(own.struct.size);
  const view = new DataView(bytes.buffer);
  return {
    number: 35,
    name: 'sysctl',
    args: 1,
    status: partial('see its sub-operations'),
    subOperations: subOperationRows(
      numbersOf(abi),
      (name) => byName.get(name)?.status ?? unsupported('ENOSYS', 'not modelled yet'),
    ),
    handler(call) {
      const address = call.address(0);
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      const spoken = interfaces.get(version.get(view));
      if (spoken === undefined) {
        call.hypervisor.interfaceVersions.refused('sysctl', version.get(view));
        return -errno.EACCES;
      }
      if (!call.domain.privileged) return -errno.EPERM;
      const operation = spoken.byNumber.get(spoken.command.get(view));
      return operation === undefined ? -errno.ENOSYS : operation.perform(call, view, spoken.struct, address);
    },
  };
}
