import type { Abi } from '../../abi/abi.ts';
import type { Field } from '../../abi/layout.ts';
import { type Hypercall, partial, type SubOperation, unsupported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { type Operation, Request } from './operation.ts';
import { makers } from './operations.ts';
import { refused } from './refused.ts';

/** struct xen_domctl of one interface version, and the sub-operations by their numbers in it. */
interface Interface {
  readonly command: Field;
  readonly domain: Field;
  readonly byNumber: ReadonlyMap<number, Operation>;
}

const makerByName = new Map(makers.map((maker) => [maker.name, maker]));

/** Names of the header that number a part of a sub-operation, or that stand in a comment only. */
const notOperations = /^(vmtrace_(?!op$)|psr_|real_mode_area$|set_opt_feature$)/;
const exceptions = new Set(['psr_cmt_op', 'psr_alloc', 'psr_cat_op']);

function numbersOf(abi: Abi): [string, number][] {
  return Object.entries(abi.subOperations('XEN_DOMCTL')).filter(
    ([name]) => exceptions.has(name) || !notOperations.test(name),
  );
}

function interfaceOf(abi: Abi): Interface {
  const struct = abi.struct('xen_domctl');
  const byNumber = new Map<number, Operation>();
  for (const [name, number] of numbersOf(abi)) {
    try {
      const operation = makerByName.get(name)?.make(struct, abi);
      if (operation !== undefined) byNumber.set(number, operation);
    } catch (error) {
      // A release whose struct lacks the fields keeps the row, unsupported.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return { command: struct.field('cmd'), domain: struct.field('domain'), byNumber };
}

function row(name: string, number: number, { byNumber }: Interface): SubOperation {
  const status = byNumber.get(number)?.status ?? refused[name];
  return { name, number, status: status ?? unsupported('ENOSYS', 'not modelled for this version of Xen') };
}

/**
 * domctl(struct xen_domctl *): what a privileged domain asks of another. Who errs first, in Xen's order: the pointer (EFAULT), the
 * interface version (EACCES), the domain (ESRCH), the privilege (EPERM), the command (ENOSYS), its arguments.
 */
export function domctl(abi: Abi, others: readonly Abi[]): Hypercall {
  const interfaces = new Map<number, Interface>();
  for (const other of others) interfaces.set(other.domctlVersion, interfaceOf(other));
  const own = interfaceOf(abi);
  interfaces.set(abi.domctlVersion, own);
  const struct = abi.struct('xen_domctl');
  const version = struct.field('interface_version');
  const request = new Request(struct.size);
  const { bytes, view } = request;
  return {
    number: 36,
    name: 'domctl',
    args: 1,
    status: partial('see its sub-operations'),
    subOperations: numbersOf(abi).map(([name, number]) => row(name, number, own)),
    handler(call) {
      const { hypervisor } = call;
      const address = call.address(0);
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      let spoken = interfaces.get(version.get(view));
      const isStable = own.byNumber.get(own.command.get(view))?.stable === true;
      if (isStable) spoken = version.get(view) === 0 ? own : undefined;
      if (spoken === undefined) {
        hypervisor.interfaceVersions.refused('domctl', version.get(view));
        return -errno.EACCES;
      }
      const operation = spoken.byNumber.get(spoken.command.get(view));
      const target = operation?.target ?? 'domain';
      if (target === 'domain') {
        const domain = hypervisor.domains.get(spoken.domain.get(view));
        if (domain === undefined) return -errno.ESRCH;
        request.domain = domain;
      }
      if (target !== 'any' && !call.domain.privileged) return -errno.EPERM;
      if (operation === undefined) return -errno.ENOSYS;
      request.call = call;
      request.hypervisor = hypervisor;
      request.copyBack = false;
      const result = operation.perform(request);
      if (request.copyBack && !call.copyToGuest(address, bytes)) return -errno.EFAULT;
      return result;
    },
  };
}
