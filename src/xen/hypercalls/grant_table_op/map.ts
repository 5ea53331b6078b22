import type { Abi } from '../../abi/abi.ts';
import type { Call } from '../../call/call.ts';
import { partial, type Status } from '../../call/hypercall.ts';
import { GNTMAP_APPLICATION, GNTMAP_DEVICE, GNTMAP_HOST, GNTMAP_PTE, grantStatus } from '../../domain/grant-tables.ts';
import { releaseDomain } from '../../domain/lifecycle.ts';
import { PAGE_SHIFT } from '../../memory/heap.ts';
import { eachStruct, type GrantOperation } from './grant_table_op.ts';

/** Flags of a mapping that a translated domain cannot have: it has no page tables that Xen knows. */
const PV_FLAGS = GNTMAP_DEVICE | GNTMAP_APPLICATION | GNTMAP_PTE;
const KNOWN_FLAGS = 0xffff_001f;

const noPageTables: Status = partial(
  'nothing can be mapped into page tables through privcmd (GNTMAP_host_map); programs map grants through /dev/xen/gntdev',
);

/** Mapping another domain's grants, and transfer. */
export function mapOperations(abi: Abi): readonly GrantOperation[] {
  return [map(abi), unmap(abi), unmapAndReplace(abi), transfer(abi)];
}

function map(abi: Abi): GrantOperation {
  const struct = abi.struct('gnttab_map_grant_ref');
  const [flags, ref, dom] = [struct.field('flags'), struct.field('ref'), struct.field('dom')];
  const [status, handle, busAddress] = [struct.field('status'), struct.field('handle'), struct.field('dev_bus_addr')];
  const one = (call: Call, view: DataView): number => {
    const wanted = flags.get(view);
    if ((wanted & (GNTMAP_DEVICE | GNTMAP_HOST)) === 0 || (wanted & ~KNOWN_FLAGS) !== 0) return grantStatus.badGrantRef;
    if (call.domain.isHvm && (wanted & PV_FLAGS) !== 0) return grantStatus.generalError;
    const granter = call.hypervisor.domains.get(dom.get(view));
    if (granter === undefined) return grantStatus.badDomain;
    const got = call.domain.grants.map(granter, ref.get(view), wanted);
    if (got < 0) return got;
    if ((wanted & GNTMAP_HOST) !== 0) {
      call.domain.grants.unmap(got);
      return grantStatus.generalError;
    }
    handle.set(view, got);
    busAddress.set(view, (call.domain.grants.mapping(got)?.frame ?? 0) * 2 ** PAGE_SHIFT);
    return grantStatus.okay;
  };
  return {
    name: 'map_grant_ref',
    status: noPageTables,
    forTranslated: true,
    perform: eachStruct(abi, 'gnttab_map_grant_ref', (call, view) => status.set(view, one(call, view))),
  };
}

/** Ends a mapping; a granter that is dead and waited for it goes. */
function end(call: Call, handle: number): number {
  const granter = call.domain.grants.mapping(handle)?.granter;
  const result = call.domain.grants.unmap(handle);
  if (granter !== undefined) releaseDomain(call.hypervisor, granter);
  return result;
}

function unmap(abi: Abi): GrantOperation {
  const struct = abi.struct('gnttab_unmap_grant_ref');
  const [handle, status] = [struct.field('handle'), struct.field('status')];
  return {
    name: 'unmap_grant_ref',
    status: noPageTables,
    forTranslated: true,
    perform: eachStruct(abi, 'gnttab_unmap_grant_ref', (call, view) => status.set(view, end(call, handle.get(view)))),
  };
}

function unmapAndReplace(abi: Abi): GrantOperation {
  const struct = abi.struct('gnttab_unmap_and_replace');
  const [handle, status] = [struct.field('handle'), struct.field('status')];
  return {
    name: 'unmap_and_replace',
    status: noPageTables,
    forTranslated: false,
    perform: eachStruct(abi, 'gnttab_unmap_and_replace', (call, view) => {
      // Only host mappings can be replaced, and there are none.
      const known = call.domain.grants.mapping(handle.get(view)) !== undefined;
      status.set(view, known ? grantStatus.generalError : grantStatus.badHandle);
    }),
  };
}

/** GNTTABOP_transfer gives a page away for good; nobody uses it any more, and here every page is refused. */
function transfer(abi: Abi): GrantOperation {
  const status = abi.struct('gnttab_transfer').field('status');
  return {
    name: 'transfer',
    status: partial('every page is refused as bad'),
    forTranslated: false,
    perform: eachStruct(abi, 'gnttab_transfer', (_call, view) => status.set(view, grantStatus.badPage)),
  };
}
