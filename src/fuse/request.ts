/**
 * The request being served: who asks, and the ways to answer it other than by returning. One object is reused for every
 * request of a session: whoever answers later must keep what `defer()` returns, not the request.
 */
export interface Request {
  /** Thread id of the caller in the pid namespace of whoever opened /dev/fuse; 0 if it is not visible there. */
  readonly tid: number;
  /** The id of the node that the request is about, which is also its inode number. Not of use once the request is answered. */
  readonly nodeid: number;
  readonly uid: number;
  readonly gid: number;
  /** An ioctl by a 32-bit program. */
  readonly compat: boolean;
  /** Keeps the request open. */
  defer(onInterrupt?: OnInterrupt): PendingReply;
  /** Answers an ioctl at once with this result (signed 32 bit), so that the driver can go on working; then return DEFERRED. */
  replyIoctl(result: number): void;
}

/**
 * What happens when the kernel sends FUSE_INTERRUPT for a request that waits: it runs, and the request is answered EINTR, as without
 * it; or nothing, for what cannot be interrupted.
 */
export type OnInterrupt = (() => void) | 'ignored';

/** A request that waits for its answer. Answering twice is a no-op; so is answering after an interrupt. */
export interface PendingReply {
  readonly answered: boolean;
  /** -errno. */
  error(negativeErrno: number): void;
  /** Answers a read. */
  data(bytes: Uint8Array): void;
  /** Answers a write with the count. */
  written(count: number): void;
  /** Answers an ioctl. */
  ioctl(result: number): void;
}
