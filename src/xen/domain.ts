/** Public domain ids with a meaning of their own (xen.h). */
export const DOMID_FIRST_RESERVED = 0x7ff0;
export const DOMID_SELF = 0x7ff0;
export const DOMID_IO = 0x7ff1;
export const DOMID_XEN = 0x7ff2;
export const DOMID_COW = 0x7ff3;
export const DOMID_INVALID = 0x7ff4;
export const DOMID_IDLE = 0x7fff;

export type GuestType = 'pv' | 'pvh' | 'hvm';

/** A domain of the model. */
export class Domain {
  readonly id: number;
  readonly type: GuestType;
  /** May issue sysctl, domctl and the like: dom0. */
  readonly privileged: boolean;
  /** An unfinished line that the domain wrote to the console. */
  consoleLine = '';

  constructor(id: number, type: GuestType, privileged: boolean) {
    this.id = id;
    this.type = type;
    this.privileged = privileged;
  }
}
