import type { Family } from '../../call/family.ts';
import { partial } from '../../call/hypercall.ts';
import { OperationRequest } from '../../call/operation-request.ts';
import { errno } from '../../errno.ts';

export const noDevices = partial('there are no device interrupts, and no device is passed through');

/** XEN_X86_EMU_USE_PIRQ: the guest's emulated interrupts can be event channels. A PVH guest does not have it. */
const EMU_USE_PIRQ = 0x200;

/** Absent: no. */
export interface PhysdevTraits {
  /** Only the control domain may call it. */
  readonly privileged?: boolean;
  /** Whether that is checked before the struct is read. */
  readonly privilegeFirst?: boolean;
  /** An HVM guest may call it if its interrupts can be event channels. */
  readonly forHvm?: boolean;
}

/** Interrupts, IO-APICs and PCI functions. Source of the structs: xen/include/public/physdev.h. */
export const physdevFamily: Family<OperationRequest, PhysdevTraits> = {
  name: 'physdev_op',
  status: noDevices,
  prefix: 'PHYSDEVOP',
  carriage: { pointer: 1 },
  Request: OperationRequest,
  check:
    () =>
    ({ caller }, operation) => {
      if (operation?.privilegeFirst && !caller.privileged && !caller.isHvm) return -errno.EPERM;
      if (!caller.isHvm) return 0;
      return operation?.forHvm === true && (caller.emulationFlags & EMU_USE_PIRQ) !== 0 ? 0 : -errno.ENOSYS;
    },
  checkAfter: ({ caller }, operation) => (operation?.privileged && !caller.privileged ? -errno.EPERM : 0),
};
