import type { CurrentRequest } from '../current-request.ts';
import type { Message } from '../message.ts';
import type { NodeTable } from '../node-table.ts';
import type { OpenTable } from '../open-table.ts';
import type { PendingReplies } from '../pending-reply.ts';
import type { Reply } from '../reply.ts';

/** The context of an operation. One object per session. */
export interface Context {
  readonly message: Message;
  readonly reply: Reply;
  readonly request: CurrentRequest;
  readonly nodes: NodeTable;
  readonly opened: OpenTable;
  readonly pending: PendingReplies;
  /** Default mtime of files, in milliseconds since the epoch. */
  readonly startTime: number;
  /** The negotiated minor version; 0 before INIT. */
  minor: number;
  /** Why the session cannot serve: the kernel's protocol is too old. */
  failure: Error | undefined;
}

/**
 * Serves the message in the context. Returns the count of payload bytes that it encoded, -errno, or DEFERRED if the reply
 * was sent, comes later, or is not expected.
 */
export type FuseOperation = (context: Context) => number;
