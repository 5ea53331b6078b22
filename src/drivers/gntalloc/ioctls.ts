// Source: libxen-dev's <xen/sys/gntalloc.h>.

export const IOCTL_GNTALLOC_ALLOC_GREF = 0x00184705;
export const IOCTL_GNTALLOC_DEALLOC_GREF = 0x00104706;
export const IOCTL_GNTALLOC_SET_UNMAP_NOTIFY = 0x00104707;

/** ALLOC_GREF's flag. */
export const FLAG_WRITABLE = 1;
/** SET_UNMAP_NOTIFY's actions. */
export const NOTIFY_CLEAR_BYTE = 1;
export const NOTIFY_SEND_EVENT = 2;
