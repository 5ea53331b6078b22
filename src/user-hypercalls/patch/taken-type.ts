import type { WantedType } from '../c/struct-layouts.ts';
import type { AddedCase } from './cases.ts';

/**
 * The type that a case takes from its caller: the member of the union that it uses, or the variable that it copies from or to a guest
 * handle. Undefined if its code does not show one.
 */
export function takenType({ code, frame }: AddedCase): WantedType | undefined {
  const text = code.join('\n');
  const member = /\bu\.(\w+)/.exec(text)?.[1];
  const union = /struct (xen_domctl|xen_sysctl|xen_platform_op)\b/.exec(frame.before)?.[1];
  if (union !== undefined)
    return member === undefined ? undefined : { type: `__typeof__(((struct ${union} *)0)->u.${member})`, name: member };
  for (const [, variable = ''] of text.matchAll(/copy_(?:from|to)_guest\w*\([^;]*?&\s*(\w+)/g)) {
    const type = new RegExp(
      `\\b((?:struct\\s+)?[A-Za-z_]\\w*)\\s+(?:\\w+\\s*(?:=[^;,]*)?,\\s*)*${variable}\\b\\s*[;,=]`,
    ).exec(text)?.[1];
    if (type !== undefined && type !== 'return') return { type, name: type.replace(/^struct\s+/, '') };
  }
  return undefined;
}
