import type { Field } from '../../xen/abi/layout.ts';
import { stableLayout } from '../../xen/abi/stable-layout.ts';

// The arguments of privcmd's ioctls (libxen-dev's <xen/sys/privcmd.h>). Pointers have 64 bits.

/** A struct: its size, and its fields by our names for them. */
function layout<N extends string>(name: string, text: string, names: Readonly<Record<N, string>>) {
  const struct = stableLayout(name, text);
  const fields = Object.entries<string>(names).map(([ours, theirs]) => [ours, struct.field(theirs)]);
  return { size: struct.size, ...(Object.fromEntries(fields) as Record<N, Field>) }; // one for each of the names
}

export const dmOp = layout('privcmd_dm_op', 'dom:u16 num:u16 ubufs:u64', {
  domid: 'dom',
  count: 'num',
  buffers: 'ubufs',
});

export const dmOpBuffer = layout('privcmd_dm_op_buf', 'uptr:u64 size:u64', { bytes: 'size' });

export const mmap = layout('privcmd_mmap', 'num:u32 dom:u16 entry:u64', {
  count: 'num',
  domid: 'dom',
  entries: 'entry',
});

export const mmapEntry = layout('privcmd_mmap_entry', 'va:u64 mfn:u64 npages:u64', {
  address: 'va',
  frame: 'mfn',
  count: 'npages',
});

/** Version 2. Version 1 ends before `errors`, and writes its errors into `frames`. */
export const batch = layout('privcmd_mmapbatch_v2', 'num:u32 dom:u16 addr:u64 arr:u64 err:u64', {
  count: 'num',
  domid: 'dom',
  address: 'addr',
  frames: 'arr',
  errors: 'err',
});

export const resource = layout('privcmd_mmap_resource', 'dom:u16 type:u32 id:u32 idx:u32 num:u64 addr:u64', {
  domid: 'dom',
  type: 'type',
  id: 'id',
  first: 'idx',
  count: 'num',
  address: 'addr',
});
