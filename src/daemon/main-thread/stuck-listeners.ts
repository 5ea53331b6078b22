import { readlinkSync } from 'node:fs';
import { Alarm } from '../../linux/alarm.ts';
import { IOCTL } from '../../linux/arch/x86-64/path-calls.ts';
import { errno } from '../../linux/errno.ts';
import { POLL, PollSet } from '../../linux/io.ts';
import { CallListener, type ReceivedCall } from '../../linux/notified-calls/call-listener.ts';
import { listenersIn } from '../protocol/shared-words.ts';

/** Timeout of a receive: the hypervisor thread may wake and take the call first, and this thread would block for the next. */
const RECEIVE_MS = 2;

/** What stands for Fauxen's files without a mount, as /proc/PID/fd names it: files in memory, and the sockets of evtchn and xenbus. */
const STANDS_FOR_OURS = /^(\/memfd:\/(proc|dev)\/xen\/|socket:)/;

/** Deals with callers at the seccomp listeners while the hypervisor thread, which serves them, is stuck. */
export class StuckListeners {
  readonly #words: Int32Array;
  readonly #besideFuse: boolean;
  readonly #set = new PollSet(1);
  #alarm: Alarm | undefined;

  /** `words`: protocol/shared-words.ts. `besideFuse`: whether there is a mount, through which calls may come too. */
  constructor(words: Int32Array, besideFuse: boolean) {
    this.#words = words;
    this.#besideFuse = besideFuse;
  }

  /**
   * Ends the wait of all calls that were not yet received, and returns the number of those that it failed or sent through FUSE. The kernel
   * executes calls that do not concern Fauxen. If there is a mount, it executes all: a call on a Fauxen file then comes through FUSE,
   * where the watchdog answers EIO. Without a mount, ioctls on Fauxen's files get EIO here. A call that names a file goes to the kernel
   * unread, since its caller's memory may not respond either: for a Fauxen file that is ENOENT.
   */
  refuse(): number {
    return listenersIn(this.#words).reduce((refused, listener) => refused + this.#refuseAt(listener), 0);
  }

  #refuseAt(descriptor: number): number {
    const listener = new CallListener(descriptor);
    this.#set.clear();
    this.#set.add(descriptor);
    this.#alarm ??= new Alarm();
    let refused = 0;
    while (this.#set.wait(0) > 0 && (this.#set.ready(0) & POLL.IN) !== 0) {
      this.#alarm.arm(RECEIVE_MS);
      const call = listener.receive();
      this.#alarm.disarm();
      if (typeof call === 'number') break;
      if (this.#besideFuse || !isOnOurs(call)) call.letPass();
      else call.answer(-errno.EIO);
      if (this.#besideFuse || call.number === IOCTL[kindOf(call)]) refused++;
    }
    return refused;
  }
}

const kindOf = (call: ReceivedCall) => (call.compat ? 'compat' : 'wide');

/** Whether it is an ioctl on a file of Fauxen's. Does not look at the caller's memory. */
function isOnOurs(call: ReceivedCall): boolean {
  if (call.number !== IOCTL[kindOf(call)]) return false;
  try {
    return STANDS_FOR_OURS.test(readlinkSync(`/proc/${call.tid}/fd/${call.int(0)}`));
  } catch {
    return false; // no such descriptor
  }
}
