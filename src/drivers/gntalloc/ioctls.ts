// Source: libxen-dev's <xen/sys/gntalloc.h>.

export const IOCTL_GNTALLOC_ALLOC_GREF = 0x00184705;
export const IOCTL_GNTALLOC_DEALLOC_GREF = 0x00104706;

/** ALLOC_GREF's flag. */
export const FLAG_WRITABLE = 1;
