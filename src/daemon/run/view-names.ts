/** In the mount's root, unlisted: proc/ and dev/, which a run binds over /proc and /dev/xen. */
export const HIDDEN = '.fauxen';

/** In the hidden proc/, unlisted: where a run binds the real /proc. */
export const REAL = '.real';

/** In the hidden directory: a view of each domain, by its id, as the mount's root is one of its own. */
export const DOMAINS = 'domains';

/** Beside it, to be written: starts a guest to have programs in. */
export const JOIN = 'join';
