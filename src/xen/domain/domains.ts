import { DOMID_FIRST_RESERVED, type Domain } from './domain.ts';
import type { DomainRecords } from './domain-records.ts';

/**
 * The domains that exist, by id. There is a slot for each id: adding and removing takes constant time, and iteration is in the order of
 * ids, as in Xen's list.
 */
export class Domains {
  readonly #slots: (Domain | undefined)[] = [];
  #count = 0;
  /** The id given last: Xen looks for a free one upward from it, so a freed id comes back last. */
  #rover = 0;
  #added = 0;
  /** Counts the additions and removals. */
  version = 0;
  /** The records that lists of domains are copied from; undefined before the first list. */
  records: DomainRecords | undefined;

  get size(): number {
    return this.#count;
  }

  get(id: number): Domain | undefined {
    return this.#slots[id];
  }

  has(id: number): boolean {
    return this.#slots[id] !== undefined;
  }

  add(domain: Domain): void {
    domain.serial = this.#added;
    this.#added += 1;
    while (this.#slots.length < domain.id) this.#slots.push(undefined);
    if (this.#slots[domain.id] === undefined) this.#count += 1;
    this.#slots[domain.id] = domain;
    this.version += 1;
  }

  delete(id: number): void {
    const domain = this.#slots[id];
    if (domain === undefined) return;
    this.#slots[id] = undefined;
    this.version += 1;
    domain.records?.forget(domain);
    domain.records = undefined;
    this.#count -= 1;
  }

  /** The domain with the lowest id that is at least `id`. */
  next(id: number): Domain | undefined {
    for (let at = id; at < this.#slots.length; at += 1) {
      const domain = this.#slots[at];
      if (domain !== undefined) return domain;
    }
    return undefined;
  }

  /** In the order of their ids. */
  *values(): IterableIterator<Domain> {
    for (const domain of this.#slots) if (domain !== undefined) yield domain;
  }

  *keys(): IterableIterator<number> {
    for (const domain of this.values()) yield domain.id;
  }

  [Symbol.iterator](): IterableIterator<Domain> {
    return this.values();
  }

  /** An id for a new domain; undefined if all 32,751 are taken. */
  allocate(): number | undefined {
    for (let step = 1; step < DOMID_FIRST_RESERVED; step += 1) {
      const id = ((this.#rover + step - 1) % (DOMID_FIRST_RESERVED - 1)) + 1;
      if (this.has(id)) continue;
      this.#rover = id;
      return id;
    }
    return undefined;
  }
}
