/** Pages that Xen itself uses, such as a ring that a monitor gave it. They stay even if their frame is removed meanwhile. */
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

  /** The frame of the page is removed. True if the page must stay, since it is held. */
  keeps(page: number): boolean {
    if (this.#removed.get(page) !== false) return false;
    this.#removed.set(page, true);
    return true;
  }

  /** Ends the hold. True if the page is to be freed now. */
  letGo(page: number): boolean {
    const removed = this.#removed.get(page) === true;
    this.#removed.delete(page);
    return removed;
  }
}
