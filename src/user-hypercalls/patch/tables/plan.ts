// The contents of Xen's tables after a patch: which number calls which function for which guests, and likely mistakes of its author.

import { say } from '../../../language/say.ts';
import { LoadError } from '../../load-error.ts';
import type { ChangedTree } from '../changed-tree.ts';
import type { Place } from '../diff.ts';
import type { Numbers } from '../numbers.ts';
import type { ReleaseFacts } from '../release.ts';
import { type Absence, absenceOf, nameIn } from './absence.ts';
import { argumentsFile } from './advice.ts';
import { EntryNumbers } from './entry-numbers.ts';
import type { GuestKind } from './guest-kind.ts';
import { movedNotes } from './moved-entries.ts';
import type { Note } from './note.ts';
import { type ArgumentCount, type TableChanges, type TableEntry, tableChanges } from './table-entries.ts';

/** A number that calls a function, or that a header promises and no table has. */
export interface PlannedRow {
  readonly number: number;
  readonly name: string;
  readonly functions: ReadonlyMap<GuestKind, string>;
  /** Why the number is missing for guests of a kind, and what to edit. */
  absence(kind: GuestKind): Absence;
  readonly at: Place;
}

/** Where a function stands in a table. */
export interface TablePlace extends Place {
  /** The table's file. */
  readonly path: string;
}

export interface Plan {
  readonly rows: readonly PlannedRow[];
  readonly notes: readonly Note[];
  /** Functions in the tables, all of which must be defined: Xen's link would fail. */
  readonly symbols: ReadonlyMap<string, TablePlace>;
  readonly counts: readonly ArgumentCount[];
}

/** The release whose tables a file belongs to: the given one, or the nearest that has such a file. */
export type ReleaseOf = (path: string) => ReleaseFacts;

/** Files that have hypercall tables. */
export const tablePath = /entry\.S$|hypercall(-defs)?\.c$|hvm\/hvm\.c$|\/arm\/.*traps\.c$/;

/** Kinds of guests on a 64-bit Xen, those that use a table of their own. */
const guests: readonly GuestKind[] = ['pv64', 'pv32', 'hvm64', 'hvm32', 'pvh64'];

export function planRows(tree: ChangedTree, numbers: Numbers, releaseOf: ReleaseOf, own: ReleaseFacts): Plan {
  const changes: TableChanges = { entries: [], counts: [], unplaced: [], moved: [] };
  for (const [path, file] of tree.files) {
    if (!tablePath.test(path)) continue;
    const release = releaseOf(path);
    const found = tableChanges(file, release, (name) => symbol(name, numbers, release));
    changes.entries.push(...found.entries);
    changes.counts.push(...found.counts);
    changes.unplaced.push(...found.unplaced);
    changes.moved.push(...found.moved);
  }
  const release = changes.entries[0] === undefined ? own : releaseOf(changes.entries[0].path);
  return new Planner(numbers, release, changes).plan();
}

function symbol(name: string, numbers: Numbers, release: ReleaseFacts): number | undefined {
  return name === 'NR_hypercalls' ? (numbers.valueOf(name) ?? release.limit) : numbers.valueOf(name);
}

class Planner {
  readonly #numbers: Numbers;
  readonly #release: ReleaseFacts;
  readonly #changes: TableChanges;
  readonly #entryNumbers: EntryNumbers;
  readonly #notes: Note[] = [];
  /** By number, then by guest. */
  readonly #slots = new Map<number, Map<GuestKind, TableEntry>>();

  constructor(numbers: Numbers, release: ReleaseFacts, changes: TableChanges) {
    this.#numbers = numbers;
    this.#release = release;
    this.#changes = changes;
    this.#entryNumbers = new EntryNumbers(numbers, release, this.#notes, this.#slots);
  }

  plan(): Plan {
    const elsewhere: TableEntry[] = [];
    for (const entry of this.#changes.entries) {
      if (entry.symbol === 'do_ni_hypercall') continue;
      const number = this.#entryNumbers.of(entry);
      if (!guests.includes(entry.kind)) elsewhere.push(entry);
      else {
        const slot = this.#slots.get(number) ?? new Map<GuestKind, TableEntry>();
        slot.set(entry.kind, entry);
        this.#slots.set(number, slot);
      }
    }
    for (const { symbol, path, at } of this.#changes.unplaced) this.#assume(symbol, path, at);
    const rows = [...this.#slots].map(([number, slot]) => this.#row(number, slot, elsewhere));
    for (const added of this.#numbers.added) {
      if (rows.some(({ number }) => number === added.number) || this.#numbers.owner(added.number) !== undefined)
        continue;
      rows.push(this.#absent(added.name, added.number, added.at, rows, elsewhere));
    }
    this.#notes.push(...movedNotes(this.#changes.moved));
    const symbols = new Map<string, TablePlace>();
    for (const slot of this.#slots.values())
      for (const { symbol, at, path } of slot.values()) symbols.set(symbol, { ...at, path });
    return { rows, notes: this.#notes, symbols, counts: this.#changes.counts };
  }

  /** An entry in a positional table that this release does not have: placed by its number in xen.h, and reported. */
  #assume(symbol: string, path: string, at: Place): void {
    const name = symbol.replace(/^do_/, '');
    const number = this.#numbers.hypercall(name) ?? this.#numbers.hypercall(symbol);
    const kind: GuestKind | undefined = /compat/.test(path) ? 'pv32' : /x86_32/.test(path) ? undefined : 'pv64';
    if (number === undefined) {
      throw new LoadError(
        at.file,
        say(
          '{file}:{line}: cannot tell which slot {symbol} gets: the lines around it are in no table of this release, and the patch defines no __HYPERVISOR_{name}',
          { file: at.file, line: at.line, symbol, name },
        ),
      );
    }
    this.#notes.push({
      level: 'info',
      at,
      text: say(
        'the slot of {symbol} is taken from xen.h ({number}): the lines around it are in no table of this release of Xen',
        { symbol, number },
      ),
    });
    if (kind === undefined) return;
    const slot = this.#slots.get(number) ?? new Map<GuestKind, TableEntry>();
    slot.set(kind, { kind, slot: number, name: undefined, symbol, path, label: 'hypercall_table', at });
    this.#slots.set(number, slot);
  }

  #row(number: number, slot: ReadonlyMap<GuestKind, TableEntry>, elsewhere: readonly TableEntry[]): PlannedRow {
    const first = slot.get('pv64') ?? [...slot.values()][0];
    if (first === undefined) throw new RangeError('a slot without an entry');
    const name = nameIn(first);
    const absence = (kind: GuestKind) =>
      absenceOf(this.#release, kind, { name, number }, [...slot.values(), ...elsewhere]);
    if (!slot.has('pv64')) {
      const { why, change } = absence('pv64');
      const isMistake = !slot.has('hvm64'); // it may be intended for HVM guests alone
      this.#notes.push({
        level: 'warn',
        isMistake,
        at: first.at,
        text: say('dom0 gets ENOSYS for {number}: {why}; {change}', { number, why, change }),
      });
    }
    const limit = this.#numbers.valueOf('NR_hypercalls') ?? this.#release.limit;
    if (number >= limit && first.path.endsWith('.S'))
      this.#notes.push({
        level: 'warn',
        isMistake: true,
        at: first.at,
        text: say(
          "slot {number} of {symbol} lies behind the table's end (NR_hypercalls is {limit}): Xen answers ENOSYS",
          { number, symbol: first.symbol, limit },
        ),
      });
    this.#compareNumber(name, number, first);
    this.#checkCount(name, number, first);
    const functions = new Map<GuestKind, string>();
    for (const [kind, { symbol, path }] of slot)
      if (number < limit || !path.endsWith('.S')) functions.set(kind, symbol);
    // If xen.h gives the name to another number, this row cannot have it.
    const taken =
      first.slot !== undefined &&
      this.#named(name, first.symbol)?.number !== number &&
      this.#named(name, first.symbol) !== undefined;
    return { number, name: taken ? first.symbol : name, functions, absence, at: first.at };
  }

  /** Callers take the number from xen.h, Xen takes it from the slot. */
  #compareNumber(name: string, slot: number, { symbol, path, at, slot: place }: TableEntry): void {
    if (place === undefined) return;
    const named = this.#named(name, symbol);
    if (named === undefined) {
      if (!this.#numbers.added.some(({ number }) => number === slot))
        this.#notes.push({
          level: 'info',
          at,
          text: say(
            '{symbol} is hypercall {slot}, its slot in {path}; the patch has no "#define __HYPERVISOR_{name} {slot}" for its callers',
            { symbol, slot, path, name },
          ),
        });
    } else if (named.number !== slot) {
      this.#notes.push({
        level: 'warn',
        isMistake: true,
        at: named.at,
        text: say(
          '__HYPERVISOR_{name} is {number}, but {symbol} is in slot {slot} of {path} (line {line} of the patch): calls by the name get ENOSYS. Make it {slot}, or move the entry',
          { name: named.name, number: named.number, symbol, slot, path, line: at.line },
        ),
      });
    }
  }

  #named(name: string, symbol: string) {
    return this.#numbers.added.find((each) => each.name === name || each.name === symbol);
  }

  #checkCount(name: string, number: number, { kind, path, at }: TableEntry): void {
    if (kind !== 'pv64' && kind !== 'pv32') return;
    const { counts } = this.#changes;
    if (path.endsWith('hypercall-defs.c')) {
      if (counts.some((count) => count.name === name)) return;
      this.#notes.push({
        level: 'info',
        isMistake: true,
        at,
        text: say(
          `{path} gets no prototype "{name}(…)" above its table: Xen's build stops with "No prototype for prefix/hypercall combination"`,
          { path, name },
        ),
      });
      return;
    }
    const file = argumentsFile(this.#release, kind);
    if (file === undefined) return;
    if (counts.some((count) => count.kind === kind && (count.slot === number || count.name === name))) return;
    this.#notes.push({
      level: 'info',
      at,
      text: say(
        '{name} has no line in the args table of {file}: a release build of Xen calls it with all arguments, a debug build overwrites each of them (-EFAULT, or a wrong value)',
        { name, file },
      ),
    });
  }

  /** A number that xen.h promises and no x86 table has. */
  #absent(
    name: string,
    number: number,
    at: Place,
    rows: readonly PlannedRow[],
    elsewhere: readonly TableEntry[],
  ): PlannedRow {
    const bare = name.replace(/^do_/, '');
    const row = rows.find((each) => [name, bare, `do_${bare}`].includes(each.name));
    const absence = (kind: GuestKind): Absence => {
      if (row !== undefined)
        return {
          why: say('__HYPERVISOR_{name} is {number}, but the table has it in slot {slot}', {
            name,
            number,
            slot: row.number,
          }),
          change: say(
            'make both the same: xen/include/public/xen.h (line {line} of {file}) or the table (line {tableLine})',
            { line: at.line, file: at.file, tableLine: row.at.line },
          ),
        };
      return absenceOf(this.#release, kind, { name: bare, number }, elsewhere);
    };
    if (row === undefined) {
      const { why, change } = absence('pv64');
      this.#notes.push({
        level: 'warn',
        isMistake: true,
        at,
        text: say('{name} ({number}) answers ENOSYS: {why}; {change}', { name, number, why, change }),
      });
    }
    return { number, name, functions: new Map(), absence, at };
  }
}
