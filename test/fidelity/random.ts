/** The same choices for the same name and salt, on every machine: SplitMix64. */
export class Random {
  #state: bigint;

  constructor(name: string) {
    let hash = 0xcbf29ce484222325n; // FNV-1a
    for (const byte of new TextEncoder().encode(name))
      hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
    this.#state = hash;
  }

  next(): bigint {
    this.#state = BigInt.asUintN(64, this.#state + 0x9e3779b97f4a7c15n);
    let z = this.#state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Number(this.next() % BigInt(limit));
  }

  chance(oneIn: number): boolean {
    return this.below(oneIn) === 0;
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  }
}
