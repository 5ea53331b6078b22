import { errno } from '../errno.ts';

/** Ports of the FIFO interface, a 32-bit word of the event array each. */
export const FIFO_PORTS = 131072;
const WORDS_PER_PAGE = 1024;

/** The FIFO interface of a domain's event channels (EVTCHNOP_init_control). It is in use once a vcpu has a control block. */
export class FifoControl {
  /** The vcpus whose control block is set. */
  readonly vcpus = new Set<number>();
  #pages = 0;

  get inUse(): boolean {
    return this.vcpus.size > 0;
  }

  /** EVTCHNOP_expand_array: one more page of the event array. 0 or -errno. */
  expand(): number {
    if (!this.inUse) return -errno.EOPNOTSUPP;
    if (this.#pages >= FIFO_PORTS / WORDS_PER_PAGE) return -errno.ENOSPC;
    this.#pages += 1;
    return 0;
  }

  reset(): void {
    this.vcpus.clear();
    this.#pages = 0;
  }
}
