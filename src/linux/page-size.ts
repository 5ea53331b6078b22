/** Size of a page on x86-64, in bytes. */
export const PAGE_SIZE = 4096;
