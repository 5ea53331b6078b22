// The numbers of include/uapi/linux/fuse.h that Fauxen uses, under the header's names, without a prefix that the group implies.

/** The protocol is 7.x. Below 31 a stream cannot be opened (FOPEN_STREAM); above 40 nothing is added that is used here. */
export const PROTOCOL = { major: 7, minimumMinor: 31, maximumMinor: 40 } as const;

export const ROOT_ID = 1;

/** Largest read or write in one message: 32 pages, the kernel's own default, so that max_pages need not be negotiated. */
export const MAX_TRANSFER = 128 * 1024;

/** The kernel refuses to fill a request buffer smaller than headers + max_write; 4096 covers every header and a name. */
export const REQUEST_BUFFER_SIZE = MAX_TRANSFER + 4096;

export const initFlag = {
  BIG_WRITES: 1 << 5,
  PARALLEL_DIROPS: 1 << 18,
  /** A second word of flags follows (Linux 5.17). */
  CACHE_SYMLINKS: 1 << 23,
  INIT_EXT: 1 << 30,
} as const;

/** Flags of the second word: bit 32 and up of the pair. */
export const initFlag2 = {
  /** A shared mmap of a file without page cache is allowed (Linux 6.6), as privcmd's is: without it, ENODEV. */
  DIRECT_IO_ALLOW_MMAP: 1 << 4,
} as const;

export const openFlag = {
  DIRECT_IO: 1 << 0,
  KEEP_CACHE: 1 << 1,
  NONSEEKABLE: 1 << 2,
  STREAM: 1 << 4,
  NOFLUSH: 1 << 5,
} as const;

export const setattrValid = { MODE: 1 << 0, UID: 1 << 1, GID: 1 << 2, SIZE: 1 << 3, FH: 1 << 6 } as const;

/** GETATTR is for an open file and has its handle. */
export const GETATTR_FH = 1 << 0;

export const ioctlFlag = { COMPAT: 1 << 0, IS_32BIT: 1 << 3, DIR: 1 << 4 } as const;

export const POLL_SCHEDULE_NOTIFY = 1 << 0;

/** Notification code, in the error field of a message with unique 0. */
export const NOTIFY_POLL = 1;

/** The kernel's DEFAULT_POLLMASK: POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM, for files that have no poll method. */
export const DEFAULT_POLLMASK = 0x1 | 0x4 | 0x40 | 0x100;

/** Inode number of directory entries whose node has not been looked up yet (libfuse's FUSE_UNKNOWN_INO). */
export const UNKNOWN_INO = 0xffffffff;

/** FUSE_WRITE_CACHE: the kernel writes back a page that a program changed in its mapping. */
export const WRITE_CACHE = 1;
