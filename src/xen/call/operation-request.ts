import type { Field } from '../abi/layout.ts';
import type { Domain } from '../domain/domain.ts';
import { errno } from '../errno.ts';
import type { Hypervisor } from '../hypervisor.ts';
import type { Call } from './call.ts';

/** A sub-operation being performed. One object serves every call of a family, so nothing may keep it. */
export class OperationRequest {
  call!: Call;
  hypervisor!: Hypervisor;
  /** The domain that calls. */
  caller!: Domain;
  /** Where the struct lies at the caller: the operation's own, or the one with the union. */
  address = 0;
  /** That struct, as the caller passed it and as it is copied back. */
  bytes!: Uint8Array;
  view!: DataView;
  /** Set to have the struct copied back whatever the result. Most operations declare it: see `copies`. */
  copyBack = false;

  /** Copies only one field back, as Xen does for some operations: 0 or -EFAULT. */
  fieldToGuest(field: Field, value: number): number {
    return this.call.fieldToGuest(this.address, field, value) ? 0 : -errno.EFAULT;
  }
}
