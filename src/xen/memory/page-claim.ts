import { errno } from '../errno.ts';
import type { MachineHeap } from './heap.ts';

/** Pages that are reserved for one domain until it allocates them (XENMEM_claim_pages). */
export class PageClaim {
  readonly #heap: MachineHeap;
  readonly #onChange: () => void;
  #outstanding = 0;

  constructor(heap: MachineHeap, onChange: () => void) {
    this.#heap = heap;
    this.#onChange = onChange;
  }

  /** Pages that are claimed and not yet allocated. */
  get outstanding(): number {
    return this.#outstanding;
  }

  /**
   * Claims pages for a domain that has `total` pages and may have `max`, so that it can reach `pages`; 0 cancels the claim. Returns 0 or
   * -errno.
   */
  set(pages: number, total: number, max: number): number {
    if (pages === 0) {
      this.use(this.#outstanding);
      return 0;
    }
    if (this.#outstanding !== 0 || pages <= total || pages > max) return -errno.EINVAL;
    const missing = pages - total;
    if (missing > this.#heap.freePages - this.#heap.outstandingClaims) return -errno.ENOMEM;
    this.#add(missing);
    return 0;
  }

  /** Whether the heap has `count` pages for this domain that no other domain has claimed. */
  mayTake(count: number): boolean {
    return this.#heap.mayTake(count, this.#outstanding);
  }

  /** Called when `count` pages were allocated, which reduces the claim, or freed (negative). */
  use(count: number): void {
    if (count < 0 && !this.#heap.claimsFreedPages) return;
    if (this.#outstanding > 0) this.#add(-Math.min(this.#outstanding, count));
  }

  /**
   * Called when `count` pages were allocated, but could not be given to the domain. Whether that reduces the claim depends on the release.
   */
  allocationFailed(count: number): void {
    if (!this.#heap.claimsFreedPages) this.use(count);
  }

  #add(pages: number): void {
    this.#outstanding += pages;
    this.#heap.outstandingClaims += pages;
    this.#onChange();
  }
}
