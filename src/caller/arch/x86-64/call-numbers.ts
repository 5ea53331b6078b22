/** System calls that can be made in a caller: numbers for a 64-bit and a 32-bit one (asm/unistd_64.h, unistd_32.h). */
export const CALL_NUMBERS = {
  close: [3, 6],
  mmap: [9, 192], // 32 bit: mmap2, whose offset counts pages
  mprotect: [10, 125],
  munmap: [11, 91],
  rt_sigaction: [13, 174],
  madvise: [28, 219],
  getpid: [39, 20],
  fchdir: [81, 133],
  openat: [257, 295],
  seccomp: [317, 354],
  memfd_create: [319, 356],
  pidfd_open: [434, 434],
  pidfd_getfd: [438, 438],
} as const;

export type CallName = keyof typeof CALL_NUMBERS;
