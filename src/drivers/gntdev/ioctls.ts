// Source: libxen-dev's <xen/sys/gntdev.h>.

export const IOCTL_GNTDEV_MAP_GRANT_REF = 0x00184700;
export const IOCTL_GNTDEV_UNMAP_GRANT_REF = 0x00104701;
export const IOCTL_GNTDEV_GET_OFFSET_FOR_VADDR = 0x00184702;
export const IOCTL_GNTDEV_SET_UNMAP_NOTIFY = 0x00104707;
export const IOCTL_GNTDEV_GRANT_COPY = 0x00104708;

/** SET_UNMAP_NOTIFY's actions. */
export const UNMAP_NOTIFY_CLEAR_BYTE = 1;
export const UNMAP_NOTIFY_SEND_EVENT = 2;

/** The module's parameter `limit`: refs that one mapping may have. */
export const MAX_REFS = 64 * 1024;

/** Segments that one GRANT_COPY may have. Linux has no limit, but lets others run meanwhile; here they would all wait. */
export const MAX_SEGMENTS = 64 * 1024;
