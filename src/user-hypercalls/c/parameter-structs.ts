// Which struct each parameter of a hypercall in C points to, for the trace.

import type { CParameter } from './parse.ts';
import type { WantedType } from './struct-layouts.ts';

/** Types without fields. */
const plain =
  /^(?:unsigned |signed )?(?:void|_?[Bb]ool|char|short|int|long|unsigned|size_t|[us]?(?:8|16|32|64)|u?int(?:8|16|32|64)?(?:_t)?|u?long|domid_t|xen_pfn_t|xen_ulong_t)\b/;

/** Per parameter; undefined if it is no pointer to a struct, or its code does not show which. `body`: the function without comments. */
export function parameterStructs(parameters: readonly CParameter[], body: string): (WantedType | undefined)[] {
  return parameters.map(({ type, name }) => {
    const handle = /^(?:struct )?__guest_handle_(?:param_|const_)*(\w+)$/.exec(type)?.[1];
    const pointer = /^(?:const )?((?:struct |union )?\w+(?: \w+)*) \*$/.exec(type)?.[1];
    const pointed = handle ?? pointer ?? /^XEN_GUEST_HANDLE\w*\(\s*(?:const_)?(\w+)\s*\)$/.exec(type)?.[1];
    if (pointed === undefined) return undefined;
    if (!plain.test(pointed)) return wanted(pointed);
    return /^void$/.test(pointed) ? copied(name, body) : undefined;
  });
}

/** The variable that is copied from or to what a void pointer or handle points to. */
function copied(name: string, body: string): WantedType | undefined {
  const to = `&\\s*(\\w+)\\b[^;]*?\\b${name}\\b`;
  const from = `\\b${name}\\b[^;]*?&\\s*(\\w+)`;
  for (const pattern of [`copy_from_\\w+\\(\\s*${to}`, `copy_to_\\w+\\([^;]*?${from}`]) {
    const variable = new RegExp(pattern).exec(body)?.[1];
    if (variable === undefined) continue;
    const type = new RegExp(
      `\\b((?:struct\\s+)?[A-Za-z_]\\w*)\\s+(?:\\w+\\s*(?:=[^;,]*)?,\\s*)*${variable}\\b\\s*[;,=]`,
    ).exec(body)?.[1];
    if (type !== undefined && type !== 'return' && !plain.test(type)) return wanted(type);
  }
  return undefined;
}

function wanted(type: string): WantedType {
  return { type, name: type.replace(/^(?:struct|union)\s+/, '') };
}
