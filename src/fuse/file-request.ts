/**
 * The request being served: the caller, and ways to answer other than by returning. One object is reused for all requests
 * of a session: to answer later, keep the result of `defer()`, not the request.
 */
export interface FileRequest {
  /** Thread id of the caller in the pid namespace of the process that opened /dev/fuse; 0 if it is not visible there. */
  readonly tid: number;
  /** Id of the request's node, which is also its inode number. Invalid once the request is answered. */
  readonly nodeid: number;
  readonly uid: number;
  readonly gid: number;
  /** Whether this is an ioctl of a 32-bit program. */
  readonly compat: boolean;
  /** Keeps the request open, to answer it later. */
  defer(onInterrupt?: OnInterrupt): PendingReply;
  /** Answers an ioctl at once with this result (signed 32 bit), so that the driver can continue working; it must then return DEFERRED. */
  replyIoctl(result: number): void;
  /** The same for results that FUSE cannot return: 64 bits, and ENOSYS. Absent if the transport cannot return them either. */
  replyExactly?(result: bigint): void;
  /**
   * Gives the caller a descriptor of a file that is open here, before the call is answered; returns its number there, or -errno. Absent if
   * the transport cannot do this.
   */
  lend?(descriptor: number): number;
  /** Whether the caller still waits: otherwise its thread id may be another's. Absent: the transport blocks its callers. */
  stillWaits?(): boolean;
}

/**
 * The reaction to FUSE_INTERRUPT for a waiting request: a function that runs before the request is answered with EINTR (the default), or
 * 'ignored' for a request that cannot be interrupted.
 */
export type OnInterrupt = (() => void) | 'ignored';

/** A request that waits for its answer. Answering a second time or after an interrupt does nothing. */
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
