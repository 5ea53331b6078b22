/** Unlisted, in the mount's root: proc/ and dev/, which a run binds over /proc and /dev/xen. */
export const HIDDEN = '.fauxen';

/** Unlisted, in the hidden proc/: where a run binds the real /proc. */
export const REAL = '.real';

/** In the hidden directory: each domain's view, by its id. The mount's root is the view of its own domain. */
export const DOMAINS = 'domains';

/** Next to it, a file to write to: starts a guest that programs can run in. */
export const JOIN = 'join';
