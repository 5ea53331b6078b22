/**
 * A place where the model tells that something happened. Any number of listeners may be added; they run in that order, within the
 * call that told. Up to three values are passed, so that telling allocates nothing.
 */
export class Hook<A = void, B = void, C = void> {
  #listeners: ((a: A, b: B, c: C) => void)[] = [];

  /** Whether anybody listens: for a teller to whom preparing the values is work. */
  get used(): boolean {
    return this.#listeners.length > 0;
  }

  /** What it returns takes the listener away again. */
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
