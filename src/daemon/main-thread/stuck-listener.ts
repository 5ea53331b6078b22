import { Alarm } from '../../linux/alarm.ts';
import { errno } from '../../linux/errno.ts';
import { POLL, PollSet } from '../../linux/io.ts';
import { Listener } from '../../linux/seccomp.ts';

/** Timeout of a receive: the hypervisor thread may wake and take the call first, and this thread would block for the next. */
const RECEIVE_MS = 2;

/** Deals with callers at the seccomp listener while the hypervisor thread, which serves it, is stuck. */
export class StuckListener {
  readonly #listener: Listener;
  readonly #set = new PollSet(1);
  readonly #alarm = new Alarm();

  readonly #besideFuse: boolean;

  /**
   * `listener`: the hypervisor thread's descriptor, which that thread closes. `besideFuse`: whether there is a mount, through which calls
   * may come too. Must be constructed on the thread that uses it.
   */
  constructor(listener: number, besideFuse: boolean) {
    this.#listener = new Listener(listener);
    this.#besideFuse = besideFuse;
    this.#set.add(listener);
  }

  /**
   * Ends the wait of all calls that were not yet received, and returns their number. If there is a mount, the kernel executes them: a call
   * on a Fauxen file then comes through FUSE, where the watchdog answers EIO, and a call on another file does not concern Fauxen. Without a
   * mount they get EIO here.
   */
  refuse(): number {
    let refused = 0;
    while (this.#set.wait(0) > 0 && (this.#set.ready(0) & POLL.IN) !== 0) {
      this.#alarm.arm(RECEIVE_MS);
      const received = this.#listener.receive();
      this.#alarm.disarm();
      if (received < 0) break;
      if (this.#besideFuse) this.#listener.letPass();
      else this.#listener.answer(-errno.EIO);
      refused++;
    }
    return refused;
  }
}
