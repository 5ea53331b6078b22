import { Alarm } from '../../linux/alarm.ts';
import { errno } from '../../linux/errno.ts';
import { POLL, PollSet } from '../../linux/io.ts';
import { Listener } from '../../linux/seccomp.ts';

/** Timeout of a receive: the hypervisor thread may wake and take the call first, and this thread would block for the next. */
const RECEIVE_MS = 2;

/** Answers callers at the seccomp listener while the hypervisor thread, which serves it, is stuck. */
export class StuckListener {
  readonly #listener: Listener;
  readonly #set = new PollSet(1);
  readonly #alarm = new Alarm();

  /** `listener`: the hypervisor thread's descriptor, which that thread closes. Must be constructed on the thread that uses it. */
  constructor(listener: number) {
    this.#listener = new Listener(listener);
    this.#set.add(listener);
  }

  /** Answers EIO to all calls that wait to be received, as the watchdog does for FUSE. Returns how many there were. */
  refuse(): number {
    let refused = 0;
    while (this.#set.wait(0) > 0 && (this.#set.ready(0) & POLL.IN) !== 0) {
      this.#alarm.arm(RECEIVE_MS);
      const received = this.#listener.receive();
      this.#alarm.disarm();
      if (received < 0) break;
      this.#listener.answer(-errno.EIO);
      refused++;
    }
    return refused;
  }
}
