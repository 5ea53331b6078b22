import { errno } from '../errno.ts';

/** Interrupt lines of the machine's IO-APIC. */
export const GSIS = 24;
/** ISA lines come first: numbers for other lines are allocated from here. */
const FIRST_FREE = 16;
/** Instead of a line: the number was allocated (get_free_pirq) and is not bound yet. */
const RESERVED = -1;

/** The numbers by which a domain knows the machine's interrupts (map_pirq). */
export class Pirqs {
  readonly #limit: number;
  /** By number: the line. */
  readonly #lines = new Map<number, number>();

  /** Lines that the domain has unmapped. */
  readonly #givenUp = new Set<number>();

  /** `limit`: numbers that the domain may have. `legacy`: a kernel has mapped the ISA lines already, each to its own number, as dom0's. */
  constructor(limit: number, legacy = false) {
    this.#limit = limit;
    for (let line = 1; legacy && line < FIRST_FREE; line += 1) this.#lines.set(line, line);
  }

  /** The number of a line, new or old; `wanted`: this one, or any if it is negative. Or -errno. */
  mapLine(line: number, wanted: number): number {
    for (const [pirq, mapped] of this.#lines) {
      if (mapped === line) return wanted < 0 || wanted === pirq ? pirq : -errno.EEXIST;
    }
    if (wanted >= this.#limit) return -errno.EINVAL;
    if (wanted >= 0 && this.#lines.get(wanted) !== undefined && this.#lines.get(wanted) !== RESERVED)
      return -errno.EBUSY;
    const pirq = wanted >= 0 ? wanted : this.#free(FIRST_FREE, GSIS);
    if (pirq >= 0) this.#lines.set(pirq, line);
    return pirq;
  }

  /** Whether a line has a number. */
  has(line: number): boolean {
    return [...this.#lines.values()].includes(line);
  }

  /** Whether a number is a line's. */
  isLine(pirq: number): boolean {
    return (this.#lines.get(pirq) ?? RESERVED) !== RESERVED;
  }

  hasGivenUp(line: number): boolean {
    return this.#givenUp.has(line);
  }

  unmap(pirq: number): number {
    const line = this.#lines.get(pirq);
    if (line === undefined) return -errno.EINVAL;
    if (line !== RESERVED) this.#givenUp.add(line);
    this.#lines.delete(pirq);
    return 0;
  }

  /** Reserves a free number: the lowest for a line, the highest for messages. Or -errno. */
  reserve(forLine: boolean): number {
    const pirq = forLine ? this.#free(FIRST_FREE, GSIS) : this.#free(this.#limit - 1, FIRST_FREE);
    if (pirq >= 0) this.#lines.set(pirq, RESERVED);
    return pirq;
  }

  #free(from: number, to: number): number {
    const step = from < to ? 1 : -1;
    for (let pirq = from; pirq !== to; pirq += step) if (!this.#lines.has(pirq)) return pirq;
    return -errno.ENOSPC;
  }
}
