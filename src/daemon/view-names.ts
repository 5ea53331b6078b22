/** In the mount's root, unlisted: proc/ and dev/, which the launcher binds over /proc and /dev/xen. */
export const HIDDEN = '.fauxen';

/** In the hidden proc/, unlisted: where the launcher binds the real /proc. */
export const REAL = '.real';
