import type { Abi } from '../../abi/abi.ts';
import { behaves } from '../../abi/behaviour.ts';
import type { Family } from '../../call/family.ts';
import { partial } from '../../call/hypercall.ts';
import { OperationRequest } from '../../call/operation-request.ts';
import { DOMID_INVALID, type Domain } from '../../domain/domain.ts';
import type { Vcpu } from '../../domain/vcpu.ts';
import { errno } from '../../errno.ts';

/** A domctl being performed. */
export class DomctlRequest extends OperationRequest {
  /** The domain that the caller named. Operations with a `target` other than 'domain' look it up themselves. */
  domain!: Domain;
  /** With the target 'optional': the caller named no domain (DOMID_INVALID), and `domain` has no meaning. */
  isWithoutDomain = false;

  /** The caller named itself: operations that would have to pause the caller are refused. */
  get self(): boolean {
    return this.domain === this.caller;
  }

  /** The virtual CPU that the call came from. For a process it is unknown, so it is always the first. */
  isCurrent(vcpu: Vcpu): boolean {
    return vcpu.domain === this.caller && vcpu.id === 0;
  }
}

export interface DomctlTraits {
  /**
   * 'domain' (the default): the domain must exist, else ESRCH. 'optional': the same, or DOMID_INVALID for no domain. 'none': the
   * operation needs none. 'any': the domain may be absent. Operations that are 'optional' or 'any' check the privilege themselves.
   */
  readonly target?: 'domain' | 'optional' | 'none' | 'any';
}

/** Names of the header that number a part of an operation, or occur only in a comment. */
const notOperations = /^(vmtrace_(?!op$)|psr_(?!cmt_op$|alloc$|cat_op$)|real_mode_area$|set_opt_feature$)/;

/** The errno of an operation that does not exist or is not built in. */
export const unknownDomctl = (abi: Abi) => (behaves(abi, 'unknownDomctlWithoutIommu') ? 'EOPNOTSUPP' : 'ENOSYS');

/** Operations on a domain: `cmd` selects the operation, `domain` the target. */
export const domctlFamily: Family<DomctlRequest, DomctlTraits> = {
  name: 'domctl',
  status: partial('see its sub-operations'),
  prefix: 'XEN_DOMCTL',
  isOperation: (name) => !notOperations.test(name),
  carriage: { struct: 'xen_domctl', version: (abi) => abi.domctlVersion },
  onVersionRefused: (call, version) => call.hypervisor.interfaceVersions.refused('domctl', version),
  Request: DomctlRequest,
  unknown: unknownDomctl,
  check(struct) {
    const domid = struct.field('domain');
    // The domain (ESRCH), then the privilege (EPERM), and the command only after both.
    return (request, operation) => {
      const target = operation?.target ?? 'domain';
      if (target === 'domain' || target === 'optional') {
        const id = domid.get(request.view);
        const domain = request.hypervisor.domains.get(id);
        request.isWithoutDomain = target === 'optional' && id === DOMID_INVALID;
        if (domain !== undefined) request.domain = domain;
        else if (!request.isWithoutDomain) return -errno.ESRCH;
      }
      const checksItself = target === 'any' || target === 'optional';
      return checksItself || request.caller.privileged ? 0 : -errno.EPERM;
    };
  },
};
