import { behaves } from '../../abi/behaviour.ts';
import type { Field } from '../../abi/layout.ts';
import { anyDomain } from '../../call/domid.ts';
import { partial, supported, unsupported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { OperationRequest } from '../../call/operation-request.ts';
import { DOMID_SELF, type Domain } from '../../domain/domain.ts';
import { grantStatus } from '../../domain/grant-tables.ts';
import { errno } from '../../errno.ts';
import { PAGE_SIZE } from '../../memory/heap.ts';
import { printForeignFrame } from '../foreign-frame.ts';
import { grantFamily } from './family.ts';

// Copying between domains, and cache_flush.

/** GNTCOPY_*: which of the two is a grant reference, not a frame. */
const SOURCE_IS_GRANT = 1;
const DESTINATION_IS_GRANT = 2;

interface Side {
  readonly domid: Field;
  readonly ref: Field;
  readonly gmfn: Field;
  readonly offset: Field;
}

/** The frame of one side, or a negative GNTST_*: only what a grant names may be another domain's. */
function frameOf(request: OperationRequest, side: Side, domain: Domain, isGrant: boolean, writing: boolean): number {
  if (isGrant) return domain.grants.access(side.ref.get(request.view), request.caller, writing);
  if (domain !== request.caller) return grantStatus.permissionDenied;
  const frame = side.gmfn.get(request.view);
  if (domain.memory.pageOf(frame) !== undefined) return frame;
  printForeignFrame(request.call, domain, frame);
  return grantStatus.badPage;
}

const page = new Uint8Array(PAGE_SIZE);

const copy = operation({
  family: grantFamily,
  name: 'copy',
  status: supported,
  forTranslated: true,
  argument: 'gnttab_copy',
  copies: 'both',
  bind({ abi, field }) {
    const accessFirst = behaves(abi, 'copyAccessFirst');
    const emptyDone = behaves(abi, 'emptyCopyDone');
    const side = (name: string): Side => ({
      domid: field(`${name}.domid`),
      ref: field(`${name}.u.ref`),
      gmfn: field(`${name}.u.gmfn`),
      offset: field(`${name}.offset`),
    });
    const [source, destination] = [side('source'), side('dest')];
    const [length, flags, status] = [field('len'), field('flags'), field('status')];
    const copyOne = (request: OperationRequest): number => {
      const { view } = request;
      const fromGrant = (flags.get(view) & SOURCE_IS_GRANT) !== 0;
      const toGrant = (flags.get(view) & DESTINATION_IS_GRANT) !== 0;
      if (emptyDone && length.get(view) === 0) return grantStatus.okay;
      const find = ({ domid }: Side, isGrant: boolean): Domain | number => {
        if (accessFirst && !isGrant && domid.get(view) !== DOMID_SELF) return grantStatus.permissionDenied;
        return anyDomain(request.call, domid.get(view)) ?? grantStatus.badDomain;
      };
      const from = find(source, fromGrant);
      if (typeof from === 'number') return from;
      const to = find(destination, toGrant);
      if (typeof to === 'number') return to;
      const fromFrame = frameOf(request, source, from, fromGrant, false);
      if (fromFrame < 0) return fromFrame;
      const toFrame = frameOf(request, destination, to, toGrant, true);
      if (toFrame < 0) return toFrame;
      const count = length.get(view);
      const at = source.offset.get(view);
      const toAt = destination.offset.get(view);
      if (at + count > PAGE_SIZE || toAt + count > PAGE_SIZE) return grantStatus.badCopyArg;
      const bytes = page.subarray(0, count);
      const done = from.memory.readFrame(fromFrame, at, bytes) && to.memory.writeFrame(toFrame, toAt, bytes);
      return done ? grantStatus.okay : grantStatus.generalError;
    };
    return (request) => {
      status.set(request.view, copyOne(request));
      return 0;
    };
  },
});

/** GNTTAB_CACHE_*. */
const CACHE_CLEAN = 1;
const CACHE_INVALIDATE = 2;

const noCacheFlush = unsupported('ENOSYS', 'since 4.21 only Arm has it');

const cacheFlush = operation({
  family: grantFamily,
  name: 'cache_flush',
  status: partial('only own frames, which need no flush; references to others are refused'),
  forTranslated: false,
  statusIn: (abi) => (behaves(abi, 'grantCacheFlush') ? undefined : noCacheFlush),
  argument: 'gnttab_cache_flush',
  bind({ abi, field }) {
    if (!behaves(abi, 'grantCacheFlush')) return () => -errno.ENOSYS;
    const [address, offset] = [field('a.dev_bus_addr'), field('offset')];
    const [length, op] = [field('length'), field('op')];
    return ({ caller, view }) => {
      const from = offset.get(view);
      const bytes = length.get(view);
      const what = op.get(view);
      const known = (what & ~(CACHE_CLEAN | CACHE_INVALIDATE)) === 0;
      if (from >= PAGE_SIZE || bytes > PAGE_SIZE || from + bytes > PAGE_SIZE || !known) return -errno.EINVAL;
      if (bytes === 0 || what === 0) return 0;
      const frame = Math.floor(address.get(view) / PAGE_SIZE);
      if (caller.memory.pageOf(frame) === undefined) return -errno.EPERM;
      return (what & CACHE_INVALIDATE) !== 0 ? -errno.EOPNOTSUPP : 0;
    };
  },
});

export const copyOperations = [copy, cacheFlush];
