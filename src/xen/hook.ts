/**
 * An event of the model. Any number of listeners may be added; they run synchronously, in the order in which they were added. Each
 * gets up to three values, passed as arguments so that emitting allocates nothing.
 */
export class Hook<A = void, B = void, C = void> {
  #listeners: ((a: A, b: B, c: C) => void)[] = [];

  /** Whether there are listeners. Check it before preparing values that are expensive to compute. */
  get used(): boolean {
    return this.#listeners.length > 0;
  }

  /** Adds a listener. Returns a function that removes it. */
  add(listener: (a: A, b: B, c: C) => void): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== listener);
    };
  }

  run(a: A, b: B, c: C): void {
    for (const listener of this.#listeners) listener(a, b, c);
  }
}
