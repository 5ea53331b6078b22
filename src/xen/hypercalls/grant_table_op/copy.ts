import type { Abi } from '../../abi/abi.ts';
import type { Field } from '../../abi/layout.ts';
import type { Call } from '../../call/call.ts';
import { anyDomain } from '../../call/domid.ts';
import { partial, supported } from '../../call/hypercall.ts';
import type { Domain } from '../../domain/domain.ts';
import { grantStatus } from '../../domain/grant-tables.ts';
import { errno } from '../../errno.ts';
import { PAGE_SIZE } from '../../memory/heap.ts';
import { eachStruct, type GrantOperation } from './grant_table_op.ts';

/** GNTCOPY_*: which of the two is a grant reference, not a frame. */
const SOURCE_IS_GRANT = 1;
const DESTINATION_IS_GRANT = 2;

/** GNTTAB_CACHE_*. */
const CACHE_CLEAN = 1;
const CACHE_INVALIDATE = 2;
const SOURCE_IS_REF = 0x80000000;

interface Side {
  readonly domid: Field;
  readonly ref: Field;
  readonly gmfn: Field;
  readonly offset: Field;
}

/** Copying between domains, and cache_flush. */
export function copyOperations(abi: Abi): readonly GrantOperation[] {
  return [copy(abi), cacheFlush(abi)];
}

const page = new Uint8Array(PAGE_SIZE);

function copy(abi: Abi): GrantOperation {
  const struct = abi.struct('gnttab_copy');
  const side = (name: string): Side => ({
    domid: struct.field(`${name}.domid`),
    ref: struct.field(`${name}.u.ref`),
    gmfn: struct.field(`${name}.u.gmfn`),
    offset: struct.field(`${name}.offset`),
  });
  const [source, destination] = [side('source'), side('dest')];
  const [length, flags, status] = [struct.field('len'), struct.field('flags'), struct.field('status')];

  /** The domain of one side: itself, unless a grant names what to copy. */
  const domainOf = (call: Call, view: DataView, { domid }: Side, isGrant: boolean): Domain | number => {
    const domain = anyDomain(call, domid.get(view));
    if (domain === undefined) return grantStatus.badDomain;
    return isGrant || domain === call.domain ? domain : grantStatus.permissionDenied;
  };

  /** Its frame, or a negative GNTST_*. */
  const frameOf = (call: Call, view: DataView, side: Side, domain: Domain, isGrant: boolean, writing: boolean) => {
    if (isGrant) return domain.grants.access(side.ref.get(view), call.domain, writing);
    const frame = side.gmfn.get(view);
    return domain.memory.pageOf(frame) === undefined ? grantStatus.badPage : frame;
  };

  const one = (call: Call, view: DataView): number => {
    const fromGrant = (flags.get(view) & SOURCE_IS_GRANT) !== 0;
    const toGrant = (flags.get(view) & DESTINATION_IS_GRANT) !== 0;
    const from = domainOf(call, view, source, fromGrant);
    if (typeof from === 'number') return from;
    const to = domainOf(call, view, destination, toGrant);
    if (typeof to === 'number') return to;
    const fromFrame = frameOf(call, view, source, from, fromGrant, false);
    if (fromFrame < 0) return fromFrame;
    const toFrame = frameOf(call, view, destination, to, toGrant, true);
    if (toFrame < 0) return toFrame;
    const count = length.get(view);
    const [at, toAt] = [source.offset.get(view), destination.offset.get(view)];
    if (at + count > PAGE_SIZE || toAt + count > PAGE_SIZE) return grantStatus.badCopyArg;
    const bytes = page.subarray(0, count);
    const done = from.memory.readFrame(fromFrame, at, bytes) && to.memory.writeFrame(toFrame, toAt, bytes);
    return done ? grantStatus.okay : grantStatus.generalError;
  };

  return {
    name: 'copy',
    status: supported,
    forTranslated: true,
    perform: eachStruct(abi, 'gnttab_copy', (call, view) => status.set(view, one(call, view))),
  };
}

function cacheFlush(abi: Abi): GrantOperation {
  const struct = abi.struct('gnttab_cache_flush');
  const [address, offset] = [struct.field('a.dev_bus_addr'), struct.field('offset')];
  const [length, op] = [struct.field('length'), struct.field('op')];
  return {
    name: 'cache_flush',
    status: partial('only own frames, which need no flush; references to others are refused'),
    forTranslated: false,
    perform(call, at, count) {
      for (let index = 0; index < count; index += 1) {
        const view = call.structFromGuest(at + index * struct.size, struct);
        if (view === undefined) return -errno.EFAULT;
        const [from, bytes, what] = [offset.get(view), length.get(view), op.get(view)];
        const known = (what & ~(CACHE_CLEAN | CACHE_INVALIDATE | SOURCE_IS_REF)) === 0;
        if (from >= PAGE_SIZE || bytes > PAGE_SIZE || from + bytes > PAGE_SIZE || !known) return -errno.EINVAL;
        if (bytes === 0 || what === 0) continue;
        if ((what & SOURCE_IS_REF) !== 0) return -errno.EOPNOTSUPP;
        const frame = Math.floor(address.get(view) / PAGE_SIZE);
        if (call.domain.memory.pageOf(frame) === undefined) return -errno.EPERM;
        if ((what & CACHE_INVALIDATE) !== 0) return -errno.EOPNOTSUPP;
      }
      return 0;
    },
  };
}
