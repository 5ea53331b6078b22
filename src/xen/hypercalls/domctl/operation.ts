import type { Abi } from '../../abi/abi.ts';
import type { Struct } from '../../abi/layout.ts';
import type { Call } from '../../call/call.ts';
import type { Status } from '../../call/hypercall.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Vcpu } from '../../domain/vcpu.ts';
import type { Hypervisor } from '../../hypervisor.ts';

/** A domctl being served; one object serves them all. */
export class Request {
  call!: Call;
  hypervisor!: Hypervisor;
  /** The whole struct xen_domctl as the caller passed it. */
  readonly view: DataView;
  readonly bytes: Uint8Array;
  /** The domain that the caller named. Operations with another `target` than 'domain' look themselves. */
  domain!: Domain;
  /** Set to have the struct written back, whatever the result. */
  copyBack = false;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  /** The caller asks about itself: what would have to pause the caller is refused. */
  get self(): boolean {
    return this.domain === this.call.domain;
  }

  /** The virtual CPU that the call came from. A process in the domain does not say; it counts as the first. */
  isCurrent(vcpu: Vcpu): boolean {
    return vcpu.domain === this.call.domain && vcpu.id === 0;
  }
}

/** One XEN_DOMCTL_*. */
export interface Operation {
  readonly name: string;
  readonly status: Status;
  /**
   * 'domain': the domain must exist, else ESRCH. 'none': the operation needs none. 'any': it may be absent, and who may ask is
   * the operation's affair.
   */
  readonly target?: 'domain' | 'none' | 'any';
  /** Its interface version is 0 in every release. */
  readonly stable?: boolean;
  /** 0 or more, or -errno. */
  perform(request: Request): number;
}

/** Makes an operation for a release's struct xen_domctl. Throws RangeError where that lacks the fields. */
export interface OperationMaker {
  readonly name: string;
  make(struct: Struct, abi: Abi): Operation;
}

/** A maker whose operation has the name and status given here; `make` resolves the fields once. */
export function operation(
  name: string,
  status: Status,
  make: (struct: Struct, abi: Abi) => (request: Request) => number,
  target: Operation['target'] = 'domain',
): OperationMaker {
  return { name, make: (struct, abi) => ({ name, status, target, perform: make(struct, abi) }) };
}
