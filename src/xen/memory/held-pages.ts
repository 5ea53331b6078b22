/** Pages of a domain that Xen itself uses, such as a monitor's ring. They are kept even if their frame is removed meanwhile. */
export class HeldPages {
  /** By page: whether its frame was removed meanwhile. */
  readonly #removed = new Map<number, boolean>();

  has(page: number): boolean {
    return this.#removed.has(page);
  }

  /** False if it is held already. */
  hold(page: number): boolean {
    if (this.#removed.has(page)) return false;
    this.#removed.set(page, false);
    return true;
  }

  /** Called when the frame of the page is removed. Returns true if the page is held and so must be kept. */
  keeps(page: number): boolean {
    if (this.#removed.get(page) !== false) return false;
    this.#removed.set(page, true);
    return true;
  }

  /** Ends the hold. Returns true if the page must be freed now. */
  release(page: number): boolean {
    const removed = this.#removed.get(page) === true;
    this.#removed.delete(page);
    return removed;
  }
}
