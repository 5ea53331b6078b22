import { mayTarget } from '../call/domid.ts';
import type { Family } from '../call/family.ts';
import { partial, supported, unsupported } from '../call/hypercall.ts';
import { operation } from '../call/operation.ts';
import { OperationRequest } from '../call/operation-request.ts';
import { serve } from '../call/serve.ts';
import type { Domain } from '../domain/domain.ts';
import { errno } from '../errno.ts';
import { PAGE_SIZE } from '../memory/heap.ts';
import { printForeignFrame } from './foreign-frame.ts';
import { pageOwner } from './page-owner.ts';

/** One struct of an mmuext_op being performed. */
class MmuextRequest extends OperationRequest {
  /** The owner of the pages that it acts on. */
  owner!: Domain | 'io' | 'xen';
  /** The same, once `has` found a page. */
  domain!: Domain;
}

interface MmuextTraits {
  /** Only on pages of one's own: else EPERM. */
  readonly own?: true;
}

const mmuextFamily: Family<MmuextRequest, MmuextTraits> = {
  name: 'mmuext_op',
  status: partial('the contents of page tables are not checked; flushes have no effect'),
  prefix: 'MMUEXT',
  carriage: { array: 'mmuext_op' },
  Request: MmuextRequest,
  check: () => (request) => {
    const { call, caller } = request;
    const owner = pageOwner(call, call.u32(3) & 0xffff);
    if (owner === undefined) return -errno.ESRCH;
    request.owner = owner;
    if (typeof owner === 'string') return 0;
    request.domain = owner;
    return mayTarget(caller, owner) ? 0 : -errno.EPERM;
  },
  checkAfter: ({ caller, owner }, operation) => (operation?.own === true && owner !== caller ? -errno.EPERM : 0),
};

/** Whether a machine frame belongs to the owner that the call names; if not, prints Xen's message. */
function has({ call, owner }: MmuextRequest, mfn: number): boolean {
  // Frames of devices exist but are not memory: nothing can be done with them, and no message is printed.
  if (owner === 'io') return false;
  if (owner !== 'xen' && owner.memory.pageOf(mfn) !== undefined) return true;
  printForeignFrame(call, owner, mfn);
  return false;
}

const pin = (name: string, level: number) =>
  operation({
    family: mmuextFamily,
    name,
    status: partial('the contents of the table are not checked'),
    bind({ field }) {
      const mfnField = field('arg1.mfn');
      return (request) => {
        const mfn = mfnField.get(request.view);
        if (!has(request, mfn)) return -errno.EINVAL;
        const { pinned } = request.domain.memory;
        if (pinned.has(mfn)) return -errno.EINVAL;
        pinned.set(mfn, level);
        return 0;
      };
    },
  });

const unpin = operation({
  family: mmuextFamily,
  name: 'UNPIN_TABLE',
  status: supported,
  bind({ field }) {
    const mfnField = field('arg1.mfn');
    return (request) => {
      const mfn = mfnField.get(request.view);
      return has(request, mfn) && request.domain.memory.pinned.delete(mfn) ? 0 : -errno.EINVAL;
    };
  },
});

/** Sets the top-level page table, which must be pinned. For user mode there may be none. */
const newBase = (name: 'NEW_BASEPTR' | 'NEW_USER_BASEPTR') =>
  operation({
    family: mmuextFamily,
    name,
    status: partial('the table is never used'),
    own: true,
    bind({ field }) {
      const mfnField = field('arg1.mfn');
      return ({ domain: { memory }, view }) => {
        const mfn = mfnField.get(view);
        if (name === 'NEW_USER_BASEPTR' && mfn === 0) return 0;
        return memory.pinned.has(mfn) ? 0 : -errno.EINVAL;
      };
    },
  });

/** Nothing is cached, so there is nothing to flush. */
const flush = (name: string) =>
  operation({ family: mmuextFamily, name, status: supported, own: true, handler: () => 0 });

const page = new Uint8Array(PAGE_SIZE);

const clearPage = operation({
  family: mmuextFamily,
  name: 'CLEAR_PAGE',
  status: supported,
  bind({ field }) {
    const mfn = field('arg1.mfn');
    return (request) => {
      const frame = mfn.get(request.view);
      const cleared = has(request, frame) && request.domain.memory.writeFrame(frame, 0, page.fill(0));
      return cleared ? 0 : -errno.EINVAL;
    };
  },
});

const copyPage = operation({
  family: mmuextFamily,
  name: 'COPY_PAGE',
  status: supported,
  bind({ field }) {
    // arg2.src_mfn, a union with the others
    const [mfn, source] = [field('arg1.mfn'), field('arg2.nr_ents')];
    return (request) => {
      const [from, to] = [source.get(request.view), mfn.get(request.view)];
      if (!has(request, from) || !has(request, to)) return -errno.EINVAL;
      const { memory } = request.domain;
      return memory.readFrame(from, 0, page) && memory.writeFrame(to, 0, page) ? 0 : -errno.EINVAL;
    };
  },
});

const superPages = (name: string) =>
  operation({ family: mmuextFamily, name, status: unsupported('EOPNOTSUPP', 'as if super pages were not allowed') });

/** A flush on the virtual CPUs in a bitmap. The bitmap is read, even though nothing is flushed (misc.mmuext.8). */
const flushOn = (name: string) =>
  operation({
    family: mmuextFamily,
    name,
    status: supported,
    own: true,
    bind({ field }) {
      const mask = field('arg2.vcpumask');
      const bytes = new Uint8Array(8);
      return ({ call, view }) => (call.copyFromGuest(mask.get(view), bytes) ? 0 : -errno.EINVAL);
    },
  });

/** Descriptors that a table may have. */
const MAX_DESCRIPTORS = 8192;

const setLdt = operation({
  family: mmuextFamily,
  name: 'SET_LDT',
  status: partial('nothing uses the table'),
  own: true,
  bind({ field }) {
    const [address, count] = [field('arg1.linear_addr'), field('arg2.nr_ents')];
    return ({ call, view }) => {
      const at = address.get(view);
      const aligned = at % PAGE_SIZE === 0 && call.mayPointTo(at);
      return aligned && count.get(view) <= MAX_DESCRIPTORS ? 0 : -errno.EINVAL;
    };
  },
});

const operations = [
  pin('PIN_L1_TABLE', 1),
  pin('PIN_L2_TABLE', 2),
  pin('PIN_L3_TABLE', 3),
  pin('PIN_L4_TABLE', 4),
  unpin,
  newBase('NEW_BASEPTR'),
  flush('TLB_FLUSH_LOCAL'),
  flush('INVLPG_LOCAL'),
  flushOn('TLB_FLUSH_MULTI'),
  flushOn('INVLPG_MULTI'),
  flush('TLB_FLUSH_ALL'),
  flush('INVLPG_ALL'),
  flush('FLUSH_CACHE'),
  setLdt,
  newBase('NEW_USER_BASEPTR'),
  clearPage,
  copyPage,
  flush('FLUSH_CACHE_GLOBAL'),
  superPages('MARK_SUPER'),
  superPages('UNMARK_SUPER'),
];

/** mmuext_op(ops, count, done, foreigndom): pinning of page tables, flushes, whole pages. */
export const mmuextOp = serve(mmuextFamily, operations);
