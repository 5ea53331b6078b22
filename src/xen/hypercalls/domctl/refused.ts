import { type Status, unsupported } from '../../call/hypercall.ts';

/** Sub-operations that answer ENOSYS, as Debian's Xen 4.17 on the recorded machine does, and why. */
export const refused: Readonly<Record<string, Status>> = {
  assign_device: unsupported('ENOSYS', 'the machine has no IOMMU'),
  deassign_device: unsupported('ENOSYS', 'the machine has no IOMMU'),
  test_assign_device: unsupported('ENOSYS', 'the machine has no IOMMU'),
  get_device_group: unsupported('ENOSYS', 'the machine has no IOMMU'),
  mem_sharing_op: unsupported('ENOSYS', 'Debian builds Xen without CONFIG_MEM_SHARING'),
  audit_p2m: unsupported('ENOSYS', 'only a debug build audits'),
  cacheflush: unsupported('ENOSYS', 'Arm only'),
  vuart_op: unsupported('ENOSYS', 'Arm only'),
  gdbsx_guestmemio: unsupported('ENOSYS', 'Debian builds Xen without CONFIG_GDBSX'),
  gdbsx_pausevcpu: unsupported('ENOSYS', 'Debian builds Xen without CONFIG_GDBSX'),
  gdbsx_unpausevcpu: unsupported('ENOSYS', 'Debian builds Xen without CONFIG_GDBSX'),
  gdbsx_domstatus: unsupported('ENOSYS', 'Debian builds Xen without CONFIG_GDBSX'),
};
