import { say } from '../../../language/say.ts';
import type { ReleaseFacts } from '../release.ts';
import { tableLine } from './advice.ts';
import { type GuestKind, guestKindText } from './guest-kind.ts';
import type { TableEntry } from './table-entries.ts';

/** Why a number is missing for guests of a kind, and what to edit. */
export interface Absence {
  readonly why: string;
  readonly change: string;
}

/** The name of an entry's hypercall: as the table has it, else as its function suggests. */
export const nameIn = ({ name, symbol }: TableEntry): string => name ?? symbol.replace(/^(do|compat|hvm)_/, '');

/** Why the table of these guests lacks a hypercall. `entries`: where the patch puts hypercalls instead. */
export function absenceOf(
  release: ReleaseFacts,
  kind: GuestKind,
  { name, number }: { name: string; number: number },
  entries: readonly TableEntry[],
): Absence {
  const others = entries.filter((entry) => nameIn(entry) === name);
  const where = [...new Set(others.map(({ path }) => path))]
    .map((path) =>
      say('{path} (for {guests})', { path, guests: kindsText(others.filter((entry) => entry.path === path)) }),
    )
    .join(' and ');
  const line = tableLine(release, kind, name);
  return {
    why:
      others.length > 0
        ? say('the patch puts {name} into {where}, not into the table of {guests}', {
            name,
            where,
            guests: guestKindText(kind),
          })
        : say('the patch puts {name} ({number}) into no table', { name, number }),
    change: line === undefined ? say('this release has no table for such guests') : say('add {line}', { line }),
  };
}

/** The guests of some entries; PVH ones have the table of 64-bit HVM guests, except from 4.4 to 4.6. */
function kindsText(entries: readonly TableEntry[]): string {
  const kinds = new Set(entries.map(({ kind }) => kind));
  if (kinds.has('hvm64')) kinds.delete('pvh64');
  return [...kinds].map((kind) => guestKindText(kind)).join(', ');
}
