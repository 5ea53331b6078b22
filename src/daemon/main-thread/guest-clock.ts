import type { GuestOrder } from '../protocol/guest-order.ts';
import type { ScheduledAct } from '../protocol/messages.ts';

/** What the clock needs of the daemon. */
interface Clocked {
  orderGuest(domain: number, order: GuestOrder): Promise<void>;
  readonly ended: Promise<unknown>;
}

/** Tells guests when it is time for their acts, until the daemon ends. An act that is not answered is not repeated meanwhile. */
export function runClock(schedule: readonly ScheduledAct[], daemon: Clocked): void {
  let ended = false;
  const timers = new Set<NodeJS.Timeout>();
  const start = (act: ScheduledAct, after: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void daemon.orderGuest(act.domain, { kind: 'act', index: act.index }).then(() => {
        if (!ended && act.every !== undefined) start(act, act.every);
      });
    }, after);
    timer.unref();
    timers.add(timer);
  };
  for (const act of schedule) start(act, act.after);
  void daemon.ended.then(() => {
    ended = true;
    for (const timer of timers) clearTimeout(timer);
  });
}
