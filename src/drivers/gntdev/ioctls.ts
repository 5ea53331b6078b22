// Source: libxen-dev's <xen/sys/gntdev.h>.

export const IOCTL_GNTDEV_MAP_GRANT_REF = 0x00184700;
export const IOCTL_GNTDEV_UNMAP_GRANT_REF = 0x00104701;
export const IOCTL_GNTDEV_GET_OFFSET_FOR_VADDR = 0x00184702;
export const IOCTL_GNTDEV_GRANT_COPY = 0x00104708;

/** The module parameter `limit`: most references of one mapping. */
export const MAX_REFS = 64 * 1024;

/** Most segments of one GRANT_COPY. Linux has no limit, but other processes run meanwhile; here all callers would wait. */
export const MAX_SEGMENTS = 64 * 1024;
