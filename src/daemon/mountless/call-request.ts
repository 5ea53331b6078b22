import { describeCaller } from '../../caller/credentials.ts';
import type { FileRequest, OnInterrupt, PendingReply } from '../../fuse/file-request.ts';
import type { ReceivedCall } from '../../linux/notified-calls/call-listener.ts';

/** The user of a caller whose user cannot be determined. */
const NOBODY = 65534;

/** A received call as the drivers see it. */
export class CallRequest implements FileRequest {
  readonly call: ReceivedCall;
  /** Drivers use it to recognize open files of a mount. */
  readonly nodeid = 0;
  #user: { uid: number; gid: number } | undefined;

  constructor(call: ReceivedCall) {
    this.call = call;
  }

  get tid(): number {
    return this.call.tid;
  }

  get compat(): boolean {
    return this.call.compat;
  }

  get uid(): number {
    return this.#who().uid;
  }

  get gid(): number {
    return this.#who().gid;
  }

  /** Once the call is received, signals do not interrupt the caller, unless they kill it. */
  defer(_onInterrupt?: OnInterrupt): PendingReply {
    const { call } = this;
    return {
      get answered() {
        return call.answered;
      },
      error: (negativeErrno) => call.answer(negativeErrno),
      data: () => call.answer(0), // read(2) does not come through this transport
      written: (count) => call.answer(count),
      ioctl: (result) => call.answer(result),
    };
  }

  replyIoctl(result: number): void {
    this.call.answer(result);
  }

  replyExactly(result: bigint): void {
    this.call.answer(result);
  }

  lend(descriptor: number): number {
    return this.call.lend(descriptor);
  }

  stillWaits(): boolean {
    return this.call.stillWaits();
  }

  #who(): { uid: number; gid: number } {
    if (this.#user === undefined) {
      const { uid = NOBODY, gid = NOBODY } = describeCaller(this.tid);
      this.#user = { uid, gid };
    }
    return this.#user;
  }
}

/** A request for driver calls that no program has made. */
export const noCaller: FileRequest = {
  tid: 0,
  nodeid: 0,
  uid: 0,
  gid: 0,
  compat: false,
  defer() {
    throw new Error('there is no waiting caller');
  },
  replyIoctl() {},
};
