import type { Domain } from '../xen/domain/domain.ts';
import { errno } from '../xen/errno.ts';
import type { EvtchnDriver } from './evtchn.ts';

// Source: libxen-dev's <xen/sys/gntdev.h>; gntalloc.h has the same numbers.
/** The ioctl SET_UNMAP_NOTIFY, of gntdev and of gntalloc. */
export const IOCTL_SET_UNMAP_NOTIFY = 0x00104707;
const CLEAR_BYTE = 1;
const SEND_EVENT = 2;

/** The action when a page is unmapped. */
export interface Notify {
  /** Position of the byte that CLEAR_BYTE clears. */
  readonly offset: number;
  readonly action: number;
  readonly port: number;
}

/** Actions at unmapping, for the pages of one domain's gntdev or gntalloc. */
export class UnmapNotify<Target extends object> {
  readonly #domain: Domain;
  readonly #evtchn: EvtchnDriver;
  readonly #clearByte: (target: Target, offset: number) => void;
  readonly #actions = new Map<Target, Notify>();

  constructor(domain: Domain, evtchn: EvtchnDriver, clearByte: (target: Target, offset: number) => void) {
    this.#domain = domain;
    this.#evtchn = evtchn;
    this.#clearByte = clearByte;
  }

  /** Replaces the action for `target`; an action of 0 removes it. Returns 0 or -errno. */
  set(target: Target, notify: Notify): number {
    // Hold the new port before releasing the old one: they may be the same.
    if ((notify.action & SEND_EVENT) !== 0 && !this.#evtchn.hold(notify.port)) return -errno.EINVAL;
    this.#drop(target);
    this.#actions.set(target, notify);
    return 0;
  }

  /** Called when the last mapping of `target` has ended: acts once. */
  fire(target: Target): void {
    const notify = this.#actions.get(target);
    if (notify === undefined) return;
    if ((notify.action & CLEAR_BYTE) !== 0) this.#clearByte(target, notify.offset);
    if ((notify.action & SEND_EVENT) !== 0) this.#domain.eventChannels.send(notify.port);
    this.#drop(target);
  }

  #drop(target: Target): void {
    const notify = this.#actions.get(target);
    this.#actions.delete(target);
    if (notify !== undefined && (notify.action & SEND_EVENT) !== 0) this.#evtchn.unhold(notify.port);
  }
}

/** Whether an action has only bits that Linux knows. */
export const isKnownAction = (action: number): boolean => (action & ~(CLEAR_BYTE | SEND_EVENT)) === 0;
