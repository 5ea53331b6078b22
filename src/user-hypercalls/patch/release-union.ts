// Members of a release's own unions (of struct xen_domctl and the like) that the code of a patch uses: in C, from the layouts of the ABI.

import type { Abi } from '../../xen/abi/abi.ts';
import type { Field, Struct } from '../../xen/abi/layout.ts';
import { unionOffset } from '../../xen/abi/union-offset.ts';

/** In C: the type of a member, declared before the union, and the member itself. */
export interface UnionMember {
  readonly type: string;
  readonly member: string;
}

/** Guest handles that Fauxen's headers define for each file. */
const plainHandles = /^u?int(8|16|32|64)(_t)?$|^(char|void|ulong|xen_pfn_t|domid_t)$/;

/** Undefined if the release has no such member, or the struct itself is unknown. */
export function releaseMember(abi: Abi, struct: string, name: string): UnionMember | undefined {
  const all = structOf(abi, struct);
  if (all === undefined || !all.has(`u.${name}`)) return undefined;
  const whole = all.field(`u.${name}`);
  const tag = /^struct (\w+)$/.exec(whole.type)?.[1];
  if (tag === undefined) return { type: '', member: declaration(whole, name) };
  const start = whole.offset;
  const fields = [...all.paths()]
    .filter((path) => path.startsWith(`u.${name}.`) && !path.slice(name.length + 3).includes('.'))
    .map((path) => all.field(path))
    .sort((a, b) => a.offset - b.offset);
  let at = start;
  let members = '';
  for (const field of fields) {
    if (field.offset < at) continue; // the second of two in a union
    if (field.offset > at) members += `uint8_t fauxen_gap_${at - start}[${field.offset - at}]; `;
    members += `${declaration(field, field.path.slice(name.length + 3))} `;
    at = field.offset + field.size;
  }
  const end = start + whole.size;
  if (end > at) members += `uint8_t fauxen_gap_${at - start}[${end - at}]; `;
  // Packed, since the gaps are members; but aligned as in the union, which begins at 8 bytes.
  return {
    type: `struct ${tag} { ${members}} __attribute__((packed, aligned(${(start - unionOffset(all)) % 8 === 0 ? 8 : 1})));\ntypedef struct ${tag} ${tag}_t;\n`,
    member: `struct ${tag} ${name};`,
  };
}

function structOf(abi: Abi, name: string): Struct | undefined {
  try {
    return abi.struct(name);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A field in C. A field of a struct type becomes an array of bytes. */
function declaration({ type, size }: Field, name: string): string {
  const element = /^__guest_handle_(\w+)$/.exec(type)?.[1];
  if (element !== undefined) return `XEN_GUEST_HANDLE_64(${plainHandles.test(element) ? element : 'void'}) ${name};`;
  const [, base = '', dimensions = ''] = /^(\w+)((?:\[\d+\])*)$/.exec(type) ?? [];
  if (/^(u?int(8|16|32|64)_t|domid_t|xen_pfn_t|xen_domain_handle_t|evtchn_port_t|grant_ref_t)$/.test(base))
    return `${base} ${name}${dimensions};`;
  const plain = { 1: 'uint8_t', 2: 'uint16_t', 4: 'uint32_t', 8: 'uint64_t' }[size];
  return /^(struct|union)\b/.test(type) || plain === undefined ? `uint8_t ${name}[${size}];` : `${plain} ${name};`;
}
