import { say } from '../../../language/say.ts';
import type { Abi } from '../../../xen/abi/abi.ts';
import { label, type PartChanges } from '../cases.ts';
import type { Place } from '../diff.ts';
import type { SourceItem } from '../sources.ts';

/** Explains why a patch defines no hypercall. */
export function nothingFound(
  file: string,
  items: readonly SourceItem[],
  { known, others }: PartChanges,
  { removed, abi }: { readonly removed: ReadonlySet<string>; readonly abi: Abi },
): string {
  const gone = [...removed].find((name) => /^__HYPERVISOR_/.test(name) && abi.hypercalls[name.slice(13)] === undefined);
  if (gone !== undefined)
    return say('{file}:1: the patch removes {name}: it is reversed. Make it with the old tree first: diff -u OLD NEW', {
      file,
      name: gone,
    });
  if (known.length > 0)
    return say(
      '{file}:1: the patch adds nothing to Xen {version}, which has {commands} already: check it for an earlier release (--xen)',
      { file, version: abi.version, commands: [...new Set(known)].join(', ') },
    );
  const stray = others.find(({ line }) => label.test(line.text));
  if (stray !== undefined)
    return say(
      "{file}:{line}: the patch adds no hypercall and no command: case {label} is in {function}, where Fauxen knows no commands, or chooses within one of Xen's",
      {
        file: stray.line.at.file,
        line: stray.line.at.line,
        label: label.exec(stray.line.text)?.[1] ?? '',
        function: functionIn(stray.head) ?? stray.path,
      },
    );
  for (const item of items) {
    const symbol = [...item.provides].find((name) => name.startsWith('do_'));
    if (item.kind !== 'definition' || !item.added || symbol === undefined || !item.code.join('').includes('{'))
      continue;
    if (/^\s*static\b/.test(item.head)) continue;
    const at = item.lines[0]?.at as Place;
    const name = symbol.slice(3);
    return say(
      '{file}:{line}: {symbol} has neither a number nor a place in a table: add "#define __HYPERVISOR_{name} 43" to xen/include/public/xen.h, and the entry to the table',
      { file: at.file, line: at.line, symbol, name },
    );
  }
  return say(
    '{file}:1: the patch adds no hypercall: neither a number (__HYPERVISOR_name in xen/include/public/xen.h) nor an entry in a table',
    { file },
  );
}

/** The name of the function whose head or heading this is. */
export function functionIn(head: string): string | undefined {
  return /([A-Za-z_]\w*)\)?\s*\(/.exec(head)?.[1];
}
