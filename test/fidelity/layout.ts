import type { Struct } from '../../src/xen/abi/layout.ts';

/** A member of a struct as the table knows it. */
export interface Member {
  readonly path: string;
  readonly offset: number;
  readonly size: number;
  readonly pointer: boolean;
}

/** Pointers among the members of the stable structs, whose generated data has no types. */
const pointers = new Set(
  'buffer map.buffer extent_start in.extent_start out.extent_start idxs gpfns errs pfn_list access_list frame_list vdistance vcpu_to_vnode vmemrange'.split(
    ' ',
  ),
);

/** The leaf members of a struct under `prefix`, including every member of a union. */
export function membersOf(struct: Struct, prefix = ''): Member[] {
  const paths = [...struct.paths()].filter((path) => path.startsWith(prefix));
  const leaves = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));
  return leaves.map((path) => {
    const { offset, size, type } = struct.field(path);
    const short = path.slice(prefix.length);
    return {
      path: short,
      offset,
      size,
      pointer: type.startsWith('__guest_handle') || (size === 8 && pointers.has(short)),
    };
  });
}

const sizes: Record<string, number> = { u8: 1, u16: 2, u32: 4, u64: 8, ptr: 8 };

/** Members written as "name:type" or "name:type[count]", laid out as C does; types u8 u16 u32 u64 ptr. */
export function layOut(text: string, start = 0): Member[] {
  let offset = start;
  return text.split(' ').map((member) => {
    const match = /^([\w.]+):(u8|u16|u32|u64|ptr)(?:\[(\d+)\])?$/.exec(member);
    const [, path = '', type = '', count = '1'] = match ?? [];
    const size = sizes[type];
    if (size === undefined) throw new SyntaxError(`cannot read the member "${member}"`);
    offset = Math.ceil(offset / size) * size;
    const laid = { path, offset, size: size * Number(count), pointer: type === 'ptr' };
    offset += laid.size;
    return laid;
  });
}
