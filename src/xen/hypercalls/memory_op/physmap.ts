import type { Abi } from '../../abi/abi.ts';
import { behaves } from '../../abi/behaviour.ts';
import type { Call } from '../../call/call.ts';
import { anyDomain, mayTarget } from '../../call/domid.ts';
import { partial, supported, unsupported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { Domain } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import { type DomainMemory, MAX_GFN } from '../../memory/domain-memory.ts';
import { INVALID_GFN, type MoveRules, moveFrame } from '../../memory/move-frame.ts';
import { fromFirst, type MemoryRequest, memoryFamily } from './family.ts';
import { moveRules } from './move-rules.ts';

// Operations that map something at a guest frame.

/** XENMAPSPACE_* (memory.h). */
const SHARED_INFO = 0;
const GRANT_TABLE = 1;
const GMFN = 2;
const GMFN_RANGE = 3;
/** The last number that a frame can have in 64 bits. */
const LAST_FRAME = 2n ** 64n - 1n;
const GMFN_FOREIGN = 4;
const DEV_MMIO = 5;

/** Flag in a grant table index: it counts status frames. */
const GRANT_STATUS = 0x80000000;

function mayMap(call: Call, domain: Domain, space: number): number {
  if (!domain.memory.translated) return -errno.EACCES;
  if (space === DEV_MMIO && !(domain.privileged && domain === call.domain)) return -errno.EACCES;
  return mayTarget(call.domain, domain) ? 0 : -errno.EPERM;
}

/** What differs between releases. */
interface Rules extends MoveRules {
  /** INVALID_GFN is EINVAL, whatever is to be mapped there. */
  readonly checked: boolean;
}

const rulesOf = (abi: Abi): Rules => ({ ...moveRules(abi), checked: behaves(abi, 'frameRangeChecked') });

/** A Xen-owned page is mapped at one guest frame at a time: mapping it again unmaps the previous frame. */
function showSpecial(memory: DomainMemory, mfn: number, gpfn: number): number {
  if (memory.properties.device(gpfn) !== undefined) return -errno.EPERM;
  const before = memory.special.frameOf(mfn);
  if (gpfn > MAX_GFN) {
    if (before !== undefined) memory.unmap(before);
    return -errno.ENOENT;
  }
  if (before !== undefined && before !== gpfn) memory.unmap(before);
  memory.remap(gpfn, memory.special.pageOf(mfn));
  return 0;
}

/** Maps the page at `index` of `space` at guest frame `gpfn` of a translated domain. 0 or -errno. */
function mapOne(domain: Domain, space: number, index: number, gpfn: number, rules: Rules): number {
  const { memory, grants } = domain;
  if (rules.checked && gpfn === INVALID_GFN) return -errno.EINVAL;
  switch (space) {
    case SHARED_INFO:
      if (index !== 0) return -errno.EINVAL;
      return showSpecial(memory, memory.sharedInfo, gpfn);
    case GRANT_TABLE: {
      const mfn = index >= GRANT_STATUS ? grants.statusFrame(index - GRANT_STATUS) : grants.sharedFrame(index);
      if (mfn === undefined) return -errno.EINVAL;
      return showSpecial(memory, mfn, gpfn);
    }
    case GMFN:
    case GMFN_RANGE:
      return moveFrame(memory, index, gpfn, rules);
    case GMFN_FOREIGN:
      return -errno.EPERM; // what a PVH dom0 may map of its own memory
    default:
      return -errno.EINVAL;
  }
}

/** Extents that a continuation could still count. */
const MAX_START = 0xffff;
const startFits = ({ start }: MemoryRequest) => (start > MAX_START ? -errno.EDOM : 0);

const addToPhysmap = operation({
  family: memoryFamily,
  name: 'add_to_physmap',
  status: partial('no device memory (XENMAPSPACE_dev_mmio)'),
  argument: 'xen_add_to_physmap',
  before: startFits,
  bind({ abi, field }) {
    const [domid, size, space] = [field('domid'), field('size'), field('space')];
    const [idx, gpfn] = [field('idx'), field('gpfn')];
    const rules = rulesOf(abi);
    return ({ call, start, view }) => {
      const where = space.get(view);
      if (where === GMFN_FOREIGN) return -errno.ENOSYS;
      const domain = anyDomain(call, domid.get(view));
      if (domain === undefined) return -errno.ESRCH;
      const refused = mayMap(call, domain, where);
      if (refused !== 0) return refused;
      if (where !== GMFN_RANGE) return mapOne(domain, where, idx.get(view), gpfn.get(view), rules);
      const last = BigInt(Math.max(0, size.get(view) - 1));
      const wraps = idx.getBig(view) + last > LAST_FRAME || gpfn.getBig(view) + last > LAST_FRAME;
      if (rules.checked && wraps) return -errno.EOVERFLOW;
      if (rules.checked && gpfn.get(view) === INVALID_GFN) return -errno.EINVAL;
      for (let done = start; done < size.get(view); done += 1) {
        const result = mapOne(domain, where, idx.get(view) + done, gpfn.get(view) + done, rules);
        if (result !== 0) return result;
      }
      return 0;
    };
  },
});

const addToPhysmapBatch = operation({
  family: memoryFamily,
  name: 'add_to_physmap_batch',
  status: partial('frames of other domains (XENMAPSPACE_gmfn_foreign) are refused one by one'),
  argument: 'xen_add_to_physmap_batch',
  before: startFits,
  bind({ abi, field }) {
    const [domid, size, space, other] = [field('domid'), field('size'), field('space'), field('u')];
    const foreignChecked = behaves(abi, 'foreignFramesChecked');
    /** Only a PVH dom0 may map another domain's frames in its own memory. */
    const foreign = (call: Call, domain: Domain, id: number): number => {
      if (!foreignChecked) return -errno.EPERM;
      const owner = call.hypervisor.domains.get(id);
      if (owner === undefined) return -errno.ESRCH;
      return owner === domain ? -errno.EINVAL : -errno.EPERM;
    };
    const [idxs, gpfns, errs] = [field('idxs'), field('gpfns'), field('errs')];
    const rules = rulesOf(abi);
    const words = new Uint8Array(16);
    const view8 = new DataView(words.buffer);
    const error = new DataView(new ArrayBuffer(4));
    const number = (at: number) => view8.getUint32(at + 4, true) * 2 ** 32 + view8.getUint32(at, true);
    return ({ call, start, view }) => {
      const where = space.get(view);
      if (where === GMFN_RANGE) return -errno.EOPNOTSUPP;
      const domain = anyDomain(call, domid.get(view));
      if (domain === undefined) return -errno.ESRCH;
      const refused = mayMap(call, domain, where);
      if (refused !== 0) return refused;
      for (let index = start; index < size.get(view); index += 1) {
        const readable =
          call.copyFromGuest(idxs.get(view) + 8 * index, words, 8, 0) &&
          call.copyFromGuest(gpfns.get(view) + 8 * index, words, 8, 8);
        if (!readable) return -errno.EFAULT;
        if (rules.checked && number(8) === INVALID_GFN) return -errno.EINVAL;
        const refusedForeign = where === GMFN_FOREIGN ? foreign(call, domain, other.get(view)) : 0;
        error.setInt32(0, refusedForeign || mapOne(domain, where, number(0), number(8), rules), true);
        if (call.structToGuest(errs.get(view) + 4 * index, error) !== 0) return -errno.EFAULT;
      }
      return 0;
    };
  },
});

/** The operation of Xen 4.3 that the batch replaced. */
const addToPhysmapRange = operation({
  family: memoryFamily,
  name: 'add_to_physmap_range',
  status: unsupported('ENOSYS', 'not modelled'),
  copies: 'itself',
});

const removeFromPhysmap = operation({
  family: memoryFamily,
  name: 'remove_from_physmap',
  status: supported,
  argument: 'xen_remove_from_physmap',
  before: fromFirst,
  bind({ field }) {
    const [domid, gpfn] = [field('domid'), field('gpfn')];
    return ({ call, caller, view }) => {
      const domain = anyDomain(call, domid.get(view));
      if (domain === undefined) return -errno.ESRCH;
      if (!mayTarget(caller, domain)) return -errno.EPERM;
      const { memory } = domain;
      if (!memory.translated) return -errno.EACCES;
      const frame = gpfn.get(view);
      if (memory.pageOf(frame) === undefined) return -errno.ENOENT;
      memory.unmap(frame);
      return 0;
    };
  },
});

export const physmapOperations = [addToPhysmap, addToPhysmapBatch, addToPhysmapRange, removeFromPhysmap];
