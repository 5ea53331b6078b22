import { partial, type Status } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { OperationRequest } from '../../call/operation-request.ts';
import { GNTMAP_APPLICATION, GNTMAP_DEVICE, GNTMAP_HOST, GNTMAP_PTE, grantStatus } from '../../domain/grant-tables.ts';
import { releaseDomain } from '../../domain/lifecycle.ts';
import { PAGE_SHIFT, PAGE_SIZE } from '../../memory/heap.ts';
import { grantFamily } from './family.ts';

// Mapping another domain's grants, and transfer.

/** Flags of a mapping that a translated domain cannot use, since Xen does not manage its page tables. */
const PV_FLAGS = GNTMAP_DEVICE | GNTMAP_APPLICATION | GNTMAP_PTE;
/** GNTMAP_can_fail among them (grants.map_grant_ref.flags.0x21). */
const KNOWN_FLAGS = 0xffff_003f;

const noPageTables: Status = partial(
  'nothing can be mapped into page tables through privcmd (GNTMAP_host_map); programs map grants through /dev/xen/gntdev',
);

const mapGrantRef = operation({
  family: grantFamily,
  name: 'map_grant_ref',
  status: noPageTables,
  forTranslated: true,
  argument: 'gnttab_map_grant_ref',
  copies: 'both',
  bind({ field }) {
    const [flags, ref, dom] = [field('flags'), field('ref'), field('dom')];
    const [status, handle, busAddress] = [field('status'), field('handle'), field('dev_bus_addr')];
    const map = ({ hypervisor, caller, view }: OperationRequest): number => {
      const wanted = flags.get(view);
      const known = (wanted & ~KNOWN_FLAGS) === 0;
      if ((wanted & (GNTMAP_DEVICE | GNTMAP_HOST)) === 0 || !known) return grantStatus.badGrantRef;
      if (caller.isHvm && (wanted & PV_FLAGS) !== 0) return grantStatus.generalError;
      const granter = hypervisor.domains.get(dom.get(view));
      if (granter === undefined) return grantStatus.badDomain;
      const got = caller.grants.map(granter, ref.get(view), wanted);
      if (got < 0) return got;
      if ((wanted & GNTMAP_HOST) !== 0) {
        caller.grants.unmap(got);
        return grantStatus.generalError;
      }
      handle.set(view, got);
      busAddress.set(view, (caller.grants.mapping(got)?.frame ?? 0) * 2 ** PAGE_SHIFT);
      return grantStatus.okay;
    };
    return (request) => {
      status.set(request.view, map(request));
      return 0;
    };
  },
});

const unmapGrantRef = operation({
  family: grantFamily,
  name: 'unmap_grant_ref',
  status: noPageTables,
  forTranslated: true,
  argument: 'gnttab_unmap_grant_ref',
  copies: 'both',
  bind({ field }) {
    const [handle, status, busAddress] = [field('handle'), field('status'), field('dev_bus_addr')];
    return ({ hypervisor, caller, view }) => {
      const mapping = handle.get(view);
      const found = caller.grants.mapping(mapping);
      // Without its address, a mapping stays, and that is no error (grants.real.unmap).
      if (found !== undefined && busAddress.get(view) === 0) {
        status.set(view, grantStatus.okay);
        return 0;
      }
      if (found !== undefined && busAddress.get(view) !== found.frame * PAGE_SIZE) {
        status.set(view, grantStatus.generalError);
        return 0;
      }
      const granter = found?.granter;
      status.set(view, caller.grants.unmap(mapping));
      // Frees a dead granter that waited for the end of the mapping.
      if (granter !== undefined) releaseDomain(hypervisor, granter);
      return 0;
    };
  },
});

const unmapAndReplace = operation({
  family: grantFamily,
  name: 'unmap_and_replace',
  status: noPageTables,
  forTranslated: false,
  argument: 'gnttab_unmap_and_replace',
  copies: 'both',
  bind({ field }) {
    const [handle, status] = [field('handle'), field('status')];
    return ({ caller, view }) => {
      // Only host mappings can be replaced, and there are none.
      const known = caller.grants.mapping(handle.get(view)) !== undefined;
      status.set(view, known ? grantStatus.generalError : grantStatus.badHandle);
      return 0;
    };
  },
});

/** Transfers ownership of a page. Current kernels do not use it; this model refuses every page. */
const transfer = operation({
  family: grantFamily,
  name: 'transfer',
  status: partial('every page is refused as bad'),
  forTranslated: false,
  argument: 'gnttab_transfer',
  copies: 'both',
  bind({ field }) {
    const status = field('status');
    return ({ view }) => {
      status.set(view, grantStatus.badPage);
      return 0;
    };
  },
});

export const mapOperations = [mapGrantRef, unmapGrantRef, unmapAndReplace, transfer];
