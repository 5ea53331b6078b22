import { say } from '../../../language/say.ts';
import { LoadError } from '../../load-error.ts';
import type { Numbers } from '../numbers.ts';
import type { ReleaseFacts } from '../release.ts';
import type { Note } from './note.ts';
import type { TableEntry } from './table-entries.ts';

/** Which number each entry of a table gets. */
export class EntryNumbers {
  readonly #numbers: Numbers;
  readonly #release: ReleaseFacts;
  readonly #notes: Note[];
  readonly #slots: ReadonlyMap<number, unknown>;

  /** Adds its warnings to `notes`. `slots`: the numbers that are taken so far. */
  constructor(numbers: Numbers, release: ReleaseFacts, notes: Note[], slots: ReadonlyMap<number, unknown>) {
    this.#numbers = numbers;
    this.#release = release;
    this.#notes = notes;
    this.#slots = slots;
  }

  /** The slot of an entry. Throws LoadError where Xen's build stops at it. */
  of({ slot, name = '', path, at, symbol }: TableEntry): number {
    const number = slot ?? this.#numbers.hypercall(name);
    const where = `${at.file}:${at.line}`;
    if (number === undefined) {
      throw new LoadError(
        at.file,
        say(
          `{where}: {name} has no number: no file of the patch defines __HYPERVISOR_{name}, so Xen's build stops at {path}. Add "#define __HYPERVISOR_{name} {free}" to xen/include/public/xen.h`,
          { where, name, path, free: this.#freeNumber() },
        ),
      );
    }
    const limit = this.#numbers.valueOf('NR_hypercalls') ?? this.#release.limit;
    if (number >= limit && !path.endsWith('hypercall-defs.c') && !path.endsWith('.S')) {
      throw new LoadError(
        at.file,
        say(
          "{where}: number {number} of {symbol} is beyond NR_hypercalls ({limit}): Xen's build stops at the table. Take a number below {limit}, or raise NR_hypercalls in the asm/config.h of x86",
          { where, number, symbol, limit },
        ),
      );
    }
    const owner = slot === undefined ? this.#numbers.owner(number) : undefined;
    if (owner !== undefined && owner !== name) {
      const same = say('__HYPERVISOR_{name} is {number}, as __HYPERVISOR_{owner} is', { name, number, owner });
      if (path.endsWith('hypercall-defs.c')) {
        throw new LoadError(
          at.file,
          say("{where}: {same}: Xen's build stops at the duplicate case. Take {free}", {
            where,
            same,
            free: this.#freeNumber(),
          }),
        );
      }
      this.#notes.push({
        level: 'warn',
        isMistake: true,
        at,
        text: say(
          '{same}: of two entries with one number the table keeps the later, here taken to be {symbol}. Take {free}',
          { same, symbol, free: this.#freeNumber() },
        ),
      });
    }
    return number;
  }

  #freeNumber(): number {
    const taken = new Set([...this.#slots.keys(), ...this.#numbers.added.map(({ number }) => number)]);
    let number = 39;
    while (taken.has(number) || this.#numbers.owner(number) !== undefined) number += 1;
    return number;
  }
}
