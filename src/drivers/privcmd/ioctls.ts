// The ioctls of Linux's privcmd. Their direction is _IOC_NONE, so the kernel moves no bytes: the driver copies them itself.
// Source: xen/include/public/../privcmd.h as libxen-dev installs it (<xen/sys/privcmd.h>), and Linux's uapi/xen/privcmd.h.

export const IOCTL_PRIVCMD_HYPERCALL = 0x00305000;
export const IOCTL_PRIVCMD_MMAP = 0x00105002;
export const IOCTL_PRIVCMD_MMAPBATCH = 0x00185003;
export const IOCTL_PRIVCMD_MMAPBATCH_V2 = 0x00205004;
export const IOCTL_PRIVCMD_DM_OP = 0x00105005;
export const IOCTL_PRIVCMD_RESTRICT = 0x00025006;
export const IOCTL_PRIVCMD_MMAP_RESOURCE = 0x00205007;

/** Most buffers of one DM_OP, and most bytes of each (module parameters dm_op_max_nr_bufs and dm_op_buf_max_size). */
export const DM_OP_MAX_BUFFERS = 16;
export const DM_OP_MAX_BUFFER_BYTES = 4096;
