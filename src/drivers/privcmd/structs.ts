import { stableLayout } from '../../xen/abi/stable-layout.ts';

// The arguments of privcmd's ioctls (libxen-dev's <xen/sys/privcmd.h>). Pointers have 64 bits.

const dmOpStruct = stableLayout('privcmd_dm_op', 'dom:u16 num:u16 ubufs:u64');
export const dmOp = {
  size: dmOpStruct.size,
  domid: dmOpStruct.field('dom'),
  count: dmOpStruct.field('num'),
  buffers: dmOpStruct.field('ubufs'),
};

const dmOpBufferStruct = stableLayout('privcmd_dm_op_buf', 'uptr:u64 size:u64');
export const dmOpBuffer = { size: dmOpBufferStruct.size, bytes: dmOpBufferStruct.field('size') };

const mmapStruct = stableLayout('privcmd_mmap', 'num:u32 dom:u16 entry:u64');
export const mmap = {
  size: mmapStruct.size,
  count: mmapStruct.field('num'),
  domid: mmapStruct.field('dom'),
  entries: mmapStruct.field('entry'),
};

const mmapEntryStruct = stableLayout('privcmd_mmap_entry', 'va:u64 mfn:u64 npages:u64');
export const mmapEntry = {
  size: mmapEntryStruct.size,
  address: mmapEntryStruct.field('va'),
  frame: mmapEntryStruct.field('mfn'),
  count: mmapEntryStruct.field('npages'),
};

/** Both versions: the first ends before `err`, and writes its errors into `arr`. */
const batchStruct = stableLayout('privcmd_mmapbatch_v2', 'num:u32 dom:u16 addr:u64 arr:u64 err:u64');
export const batch = {
  size: batchStruct.field('err').offset,
  sizeV2: batchStruct.size,
  count: batchStruct.field('num'),
  domid: batchStruct.field('dom'),
  address: batchStruct.field('addr'),
  frames: batchStruct.field('arr'),
  errors: batchStruct.field('err'),
};

const resourceStruct = stableLayout('privcmd_mmap_resource', 'dom:u16 type:u32 id:u32 idx:u32 num:u64 addr:u64');
export const resource = {
  size: resourceStruct.size,
  domid: resourceStruct.field('dom'),
  type: resourceStruct.field('type'),
  id: resourceStruct.field('id'),
  first: resourceStruct.field('idx'),
  count: resourceStruct.field('num'),
  address: resourceStruct.field('addr'),
};
