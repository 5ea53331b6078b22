// Functions for 32-bit guests that need the types and copies that Xen's build generates from its public headers (compat/*.h).

import { say } from '../../../language/say.ts';
import type { SourceItem } from '../sources.ts';
import type { GuestKind } from './guest-kind.ts';
import type { Note } from './note.ts';
import type { PlannedRow } from './plan.ts';

/** Names that occur in no source of Xen's: its build makes them. */
const generated =
  /\b(COMPAT_HANDLE\w*|XLAT_\w+|(?:__)?(?:copy|clear)_(?:from|to)?_?(?:field_)?(?:from|to)?_?compat\w*|guest_from_compat_handle|struct compat_\w+|compat_\w+_t)\b/;

/** The rows without functions that only a build of Xen could compile, and notes that say so. Other guests are served. */
export function withoutGenerated(
  rows: readonly PlannedRow[],
  items: readonly SourceItem[],
): { readonly rows: readonly PlannedRow[]; readonly notes: readonly Note[] } {
  const notes = new Map<string, Note>();
  const kept = rows.map((row) => {
    const left = new Map<GuestKind, string>();
    for (const [kind, symbol] of row.functions) {
      const item = items.find((each) => each.provides.has(symbol) && each.code.join('').includes('{'));
      const at = item?.lines[0]?.at;
      if (!symbol.startsWith('compat_') || at === undefined || !generated.test(item?.code.join('\n') ?? '')) continue;
      left.set(kind, symbol);
      notes.set(symbol, {
        level: 'info',
        at,
        text: say(
          "left out: {symbol}, which needs types that Xen's build generates (compat/*.h): 32-bit guests get ENOSYS, others are served",
          { symbol },
        ),
      });
    }
    if (left.size === 0 || left.size === row.functions.size) return row;
    return {
      ...row,
      functions: new Map([...row.functions].filter(([kind]) => !left.has(kind))),
      absence: (kind: GuestKind) =>
        left.has(kind)
          ? {
              why: say("{symbol} needs types that Xen's build generates", { symbol: left.get(kind) ?? '' }),
              change: say('call it from a 64-bit guest, or on a real Xen'),
            }
          : row.absence(kind),
    };
  });
  return { rows: kept, notes: [...notes.values()] };
}
