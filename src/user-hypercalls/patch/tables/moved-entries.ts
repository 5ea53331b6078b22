import { say } from '../../../language/say.ts';
import type { Note } from './note.ts';
import type { TableChanges } from './table-entries.ts';

/** An entry inserted into a positional table moves later entries: their callers get another hypercall. */
export function movedNotes(all: TableChanges['moved']): Note[] {
  return [...new Set(all.map(({ path }) => path))].flatMap((path) => {
    const moved = all.filter((each) => each.path === path);
    const [first] = moved;
    if (first === undefined) return [];
    const { symbol, from, to, at } = first;
    const more = moved.length > 1 ? say(' and {count} more', { count: moved.length - 1 }) : '';
    return [
      {
        level: 'warn',
        isMistake: true,
        at,
        text: say(
          'this entry moves {symbol} from {from} to {to}{more} in {path}: on a real Xen dom0 would not boot. Put it behind the last entry before the .rept',
          { symbol, from, to, more, path },
        ),
      },
    ];
  });
}
