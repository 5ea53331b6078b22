import type { Domain, RecordKeeper } from './domain.ts';

/** Writes a domain's record into `view` at `base`; `now` in nanoseconds. */
export type RecordWriter = (domain: Domain, now: number, view: DataView, base: number) => void;

/** The domains (domains.ts), in the order of their ids. */
interface Listed extends Iterable<Domain> {
  readonly size: number;
  readonly version: number;
}

/** Room for a few domains at first. */
const FIRST_CAPACITY = 16;

/**
 * The domains' records (struct xen_domctl_getdomaininfo of one release) in the order of their ids, ready to be copied to a caller. A record
 * is encoded again only after something in it has changed (Domain.recordChanged), so that a list of ten thousand domains costs little more
 * than its copy.
 */
export class DomainRecords implements RecordKeeper {
  readonly write: RecordWriter;
  readonly #size: number;
  readonly #offset: number;
  #bytes: Uint8Array;
  #view: DataView;
  #ids: Int32Array;
  #count = 0;
  /** Domains.version when the ids were listed; undefined before that. */
  #version: number | undefined;
  readonly #stale = new Set<Domain>();

  /** Of `size` bytes each; `write` writes them `offset` bytes after its base. */
  constructor(write: RecordWriter, size: number, offset: number) {
    this.write = write;
    this.#size = size;
    this.#offset = offset;
    this.#ids = new Int32Array(FIRST_CAPACITY);
    this.#bytes = new Uint8Array(FIRST_CAPACITY * size);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** The records; valid after refresh() and until the next. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  get count(): number {
    return this.#count;
  }

  /** The record of this domain must be encoded again. */
  changed(domain: Domain): void {
    this.#stale.add(domain);
  }

  /** This domain is gone. */
  forget(domain: Domain): void {
    this.#stale.delete(domain);
  }

  refresh(domains: Listed, now: number): void {
    if (this.#version !== domains.version) {
      this.#version = domains.version;
      this.#list(domains);
    }
    for (const domain of this.#stale) {
      this.write(domain, now, this.#view, this.find(domain.id) * this.#size - this.#offset);
      // CPU time that has passed since is added at each reading.
      if (domain.vcpus.some(({ load }) => load > 0)) continue;
      domain.recordIsStale = false;
      this.#stale.delete(domain);
    }
  }

  /** The place of the first record whose domain has this id or a higher one. */
  find(id: number): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ids[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Domains were added or removed, so the positions have changed. */
  #list(domains: Listed): void {
    if (domains.size > this.#ids.length) {
      const capacity = Math.max(domains.size, 2 * this.#ids.length);
      this.#ids = new Int32Array(capacity);
      this.#bytes = new Uint8Array(capacity * this.#size);
      this.#view = new DataView(this.#bytes.buffer);
    }
    this.#count = 0;
    for (const domain of domains) {
      this.#ids[this.#count] = domain.id;
      this.#count += 1;
      domain.records = this;
      domain.recordIsStale = true;
      this.#stale.add(domain);
    }
  }
}
