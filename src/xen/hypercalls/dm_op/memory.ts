import { behaves } from '../../abi/behaviour.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { INVALID_GFN, moveFrame } from '../../memory/move-frame.ts';
import { pageTypes } from '../../memory/page-types.ts';
import { moveRules } from '../memory_op/move-rules.ts';
import { type DmRequest, dmFamily, zeroes } from './family.ts';

/** Pages of video memory that may be tracked: 1 GiB. */
const MAX_TRACKED = 1 << 18;
/** Pages of an extent that may be marked dirty: 16 GiB. Xen has no such limit, but is preempted. */
const MOST_MARKED = 2 ** 22;
/** Ranges of pinned cache attributes of a domain. */
const MAX_PINNED = 64;
/** Cache attributes that can be pinned; XEN_DOMCTL_DELETE_MEM_CACHEATTR takes the range away. */
const cacheTypes: ReadonlySet<number> = new Set([0, 1, 4, 5, 6, 7]);
const DELETE = 0xffffffff;
/** The limit of guest frames in a range. */
const MAX_FRAMES = 2 ** 40;

/** Reports that the tracked video memory ends beyond the guest's memory. */
function clip(request: DmRequest, range: { readonly first: number; readonly count: number }): void {
  const { domain, hypervisor } = request;
  if (range.first + range.count - 1 <= domain.memory.maximumGfn) return;
  hypervisor.console.printk(`Dom${domain.id} logdirty rangeset clipped to max_mapped_pfn\n`);
}

const trackDirtyVram = operation({
  family: dmFamily,
  name: 'track_dirty_vram',
  status: partial('all pages are dirty at first, later none: no guest executes'),
  argument: stableLayout('xen_dm_op_track_dirty_vram', 'nr:u32 pad:u32 first_pfn:u64'),
  bind({ field, struct }) {
    const [nr, first] = [field('nr'), field('first_pfn')];
    const padded = zeroes(struct, 'pad');
    return (request) => {
      const { call, domain, model, view, data } = request;
      const count = nr.get(view);
      const size = Math.ceil(count / 8);
      if (!padded(view) || data === undefined || count > MAX_TRACKED) return -errno.EINVAL;
      if (domain.vcpus.length === 0 || size > data.size) return -errno.EINVAL;
      const before = model.videoMemory;
      const after = count === 0 ? undefined : { first: first.get(view), count };
      const same = before !== undefined && before.first === after?.first && before.count === count;
      if (!same) {
        // The old range becomes plain RAM again, and changes of the new one are logged. Xen prints each range that it has to clip.
        if (before !== undefined && !(before.first === after?.first)) clip(request, before);
        if (after !== undefined) clip(request, after);
        model.videoMemory = after;
        model.untracked.clear();
      }
      if (after === undefined) return 0;
      const bitmap = new Uint8Array(size).fill(same ? 0 : 0xff);
      return call.copyToGuest(data.address, bitmap) ? 0 : -errno.EFAULT;
    };
  },
});

const extent = stableLayout('xen_dm_op_modified_memory_extent', 'nr:u32 pad:u32 first_pfn:u64');

const modifiedMemory = operation({
  family: dmFamily,
  name: 'modified_memory',
  status: supported,
  argument: stableLayout('xen_dm_op_modified_memory', 'nr_extents:u32 opaque:u32'),
  bind({ abi, field }) {
    const demandsData = behaves(abi, 'modifiedMemoryData');
    const [countField, doneField] = [field('nr_extents'), field('opaque')];
    const [pages, first] = [extent.field('nr'), extent.field('first_pfn')];
    const padded = zeroes(extent, 'pad');
    return ({ call, domain, view, data }) => {
      const [count, done] = [countField.get(view), doneField.get(view)];
      if (demandsData && data === undefined) return -errno.EINVAL;
      const log = domain.memory.properties.dirty;
      if (log?.on !== true) return 0;
      if (Math.floor((data?.size ?? 0) / extent.size) < count) return -errno.EINVAL;
      // From the last extent to the first one; `done` pages of the last one are skipped.
      for (let index = count - 1; index >= 0; index -= 1) {
        const read = call.structFromGuest((data?.address ?? 0) + index * extent.size, extent);
        if (read === undefined) return -errno.EFAULT;
        const [start, number] = [first.get(read), pages.get(read)];
        const skipped = index === count - 1 ? done : 0;
        const end = start + number;
        if (!padded(read) || skipped >= number || end > domain.memory.maximumGfn) return -errno.EINVAL;
        for (let frame = start + skipped; frame < Math.min(end, start + MOST_MARKED); frame += 1) {
          if (domain.memory.typeOf(frame) !== pageTypes.mmioDm) log.mark(frame);
        }
      }
      return 0;
    };
  },
});

/** Whether a page may change its type: RAM may become any type except an ioreq server's; that type changes only from and to RAM. */
function mayBecome(before: number, after: number): boolean {
  if (after === pageTypes.ioreqServer) return before === pageTypes.ramRw;
  if (before === pageTypes.ioreqServer) return after === pageTypes.ramRw;
  return before !== pageTypes.mmioDm || after === pageTypes.mmioDm;
}

const settable: ReadonlySet<number> = new Set(Object.values(pageTypes));

const setMemType = operation({
  family: dmFamily,
  name: 'set_mem_type',
  status: partial('get_mem_type returns the type; no access is trapped'),
  argument: stableLayout('xen_dm_op_set_mem_type', 'nr:u32 mem_type:u16 pad:u16 first_pfn:u64'),
  bind({ field, struct }) {
    const [nr, typeField, first] = [field('nr'), field('mem_type'), field('first_pfn')];
    const padded = zeroes(struct, 'pad');
    return ({ domain, model, view }) => {
      const [count, type, start] = [nr.get(view), typeField.get(view), first.get(view)];
      if (!padded(view) || count === 0 || start + count - 1 > domain.memory.maximumGfn) return -errno.EINVAL;
      if (!settable.has(type)) return -errno.EINVAL;
      if (type === pageTypes.ioreqServer && model.servers.memoryServer === undefined) return -errno.EINVAL;
      for (let frame = start; frame < start + count; frame += 1) {
        if (!mayBecome(domain.memory.typeOf(frame), type)) return -errno.EINVAL;
        if (domain.memory.typeOf(frame) !== type) domain.memory.properties.setType(frame, type);
        else if (type === pageTypes.ramRw) model.untracked.add(frame);
      }
      return 0;
    };
  },
});

const relocateMemory = operation({
  family: dmFamily,
  name: 'relocate_memory',
  status: supported,
  argument: stableLayout('xen_dm_op_relocate_memory', 'size:u32 pad:u32 src_gfn:u64 dst_gfn:u64'),
  bind({ abi, field, struct }) {
    const [size, from, to] = [field('size'), field('src_gfn'), field('dst_gfn')];
    const padded = zeroes(struct, 'pad');
    const checked = behaves(abi, 'frameRangeChecked');
    const rules = moveRules(abi);
    return ({ domain, view }) => {
      if (!padded(view)) return -errno.EINVAL;
      const count = size.get(view);
      if (checked && to.get(view) === INVALID_GFN) return -errno.EINVAL;
      if (checked && from.getBig(view) + BigInt(count) >= 1n << 64n) return -errno.EOVERFLOW;
      for (let done = 0; done < count; done += 1) {
        const result = moveFrame(domain.memory, from.get(view) + done, to.get(view) + done, rules);
        if (result < 0) return result;
      }
      return 0;
    };
  },
});

const pinCacheAttribute = operation({
  family: dmFamily,
  name: 'pin_memory_cacheattr',
  status: partial('stored, but no cache uses it'),
  argument: stableLayout('xen_dm_op_pin_memory_cacheattr', 'start:u64 end:u64 type:u32 pad:u32'),
  bind({ field, struct }) {
    const [startField, endField, typeField] = [field('start'), field('end'), field('type')];
    const padded = zeroes(struct, 'pad');
    return ({ model, view }) => {
      const [start, end, type] = [startField.get(view), endField.get(view), typeField.get(view)];
      if (!padded(view) || end < start || end >= MAX_FRAMES) return -errno.EINVAL;
      const others = model.pinned.filter((range) => range.start !== start || range.end !== end);
      const found = others.length < model.pinned.length;
      if (type === DELETE) {
        model.pinned = others;
        return found ? 0 : -errno.ENOENT;
      }
      if (!cacheTypes.has(type)) return -errno.EINVAL;
      if (!found && others.some((range) => range.start <= end && start <= range.end)) return -errno.EBUSY;
      if (others.length >= MAX_PINNED) return -errno.ENOSPC;
      model.pinned = [...others, { start, end, type }];
      return 0;
    };
  },
});

export const memoryOperations = [trackDirtyVram, modifiedMemory, setMemType, relocateMemory, pinCacheAttribute];
