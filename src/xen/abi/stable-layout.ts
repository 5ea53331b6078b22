import { Struct, type StructData } from './layout.ts';

const sizes = { u8: 1, u16: 2, u32: 4, u64: 8 } as const;

/**
 * A struct of the stable interface, which no release changed: its members in the header's order as "name:type" or
 * "name:type[count]", with types u8, u16, u32 and u64 (handles are u64). Offsets follow from natural alignment, as in C.
 */
export function stableLayout(name: string, members: string): Struct {
  const data: StructData = { size: 0, fields: {} };
  let offset = 0;
  let alignment = 1;
  for (const member of members.split(' ')) {
    const match = /^(\w+):(u8|u16|u32|u64)(?:\[(\d+)\])?$/.exec(member);
    if (match === null) throw new SyntaxError(`struct ${name}: cannot read the member "${member}"`);
    const [, field = '', type = 'u8', count] = match;
    const size = sizes[type as keyof typeof sizes]; // the expression above allows no other
    offset = Math.ceil(offset / size) * size;
    alignment = Math.max(alignment, size);
    const total = size * Number(count ?? 1);
    data.fields[field] = [offset, total, type];
    offset += total;
  }
  data.size = Math.ceil(offset / alignment) * alignment;
  return new Struct(name, data);
}
