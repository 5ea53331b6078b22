import type { Abi } from '../../abi/abi.ts';
import type { Field } from '../../abi/layout.ts';
import type { Call } from '../../call/call.ts';
import { anyDomain, mayTarget } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import type { Domain } from '../../domain/domain.ts';
import { grantStatus } from '../../domain/grant-tables.ts';
import { errno } from '../../errno.ts';
import { eachStruct, type GrantOperation } from './grant_table_op.ts';

/** What a frame list holds where a translated guest has not mapped the frame. */
const INVALID_GFN = 2n ** 64n - 1n;

/** The domain whose table is meant, or the GNTST_* that refuses it. */
function tableOwner(call: Call, domid: number): Domain | number {
  const domain = anyDomain(call, domid);
  if (domain === undefined) return grantStatus.badDomain;
  return mayTarget(call.domain, domain) ? domain : grantStatus.permissionDenied;
}

/** Writes where the guest finds each frame; false where the list cannot be written. */
function listFrames(call: Call, domain: Domain, list: number, mfns: readonly (number | undefined)[]): boolean {
  const word = new DataView(new ArrayBuffer(8));
  return mfns.every((mfn, index) => {
    const frame = mfn === undefined ? undefined : domain.memory.frameOfSpecial(mfn);
    word.setBigUint64(0, frame === undefined ? INVALID_GFN : BigInt(frame), true);
    return call.structToGuest(list + 8 * index, word) === 0;
  });
}

/** Operations on a domain's table as a whole. */
export function tableOperations(abi: Abi): readonly GrantOperation[] {
  return [querySize(abi), setupTable(abi), getStatusFrames(abi), getVersion(abi), setVersion(abi), swap(abi)];
}

/** An operation that takes exactly one struct with a status field. */
function single(
  abi: Abi,
  name: string,
  struct: string,
  forTranslated: boolean,
  one: (call: Call, view: DataView) => number,
): GrantOperation {
  const status = abi.struct(struct).field('status');
  const each = eachStruct(abi, struct, (call, view) => status.set(view, one(call, view)));
  return {
    name,
    status: supported,
    forTranslated,
    perform: (call, address, count) => (count === 1 ? each(call, address, 1) : -errno.EINVAL),
  };
}

function querySize(abi: Abi): GrantOperation {
  const struct = abi.struct('gnttab_query_size');
  const [dom, frames, max] = [struct.field('dom'), struct.field('nr_frames'), struct.field('max_nr_frames')];
  return single(abi, 'query_size', 'gnttab_query_size', true, (call, view) => {
    const domain = tableOwner(call, dom.get(view));
    if (typeof domain === 'number') return domain;
    frames.set(view, domain.grants.frames);
    max.set(view, domain.grants.maxFrames);
    return grantStatus.okay;
  });
}

function setupTable(abi: Abi): GrantOperation {
  const struct = abi.struct('gnttab_setup_table');
  const [dom, frames, list] = [struct.field('dom'), struct.field('nr_frames'), struct.field('frame_list')];
  return single(abi, 'setup_table', 'gnttab_setup_table', true, (call, view) => {
    const domain = tableOwner(call, dom.get(view));
    if (typeof domain === 'number') return domain;
    const count = frames.get(view);
    if (!domain.grants.grow(count)) return grantStatus.generalError;
    const mfns = Array.from({ length: count }, (_, index) => domain.grants.sharedFrame(index));
    return listFrames(call, domain, list.get(view), mfns) ? grantStatus.okay : grantStatus.badVirtAddr;
  });
}

function getStatusFrames(abi: Abi): GrantOperation {
  const struct = abi.struct('gnttab_get_status_frames');
  const [dom, frames, list] = [struct.field('dom'), struct.field('nr_frames'), struct.field('frame_list')];
  return single(abi, 'get_status_frames', 'gnttab_get_status_frames', false, (call, view) => {
    const domain = tableOwner(call, dom.get(view));
    if (typeof domain === 'number') return domain;
    const count = frames.get(view);
    if (count > domain.grants.statusFrames) return grantStatus.generalError;
    const mfns = Array.from({ length: count }, (_, index) => domain.grants.statusFrame(index));
    return listFrames(call, domain, list.get(view), mfns) ? grantStatus.okay : grantStatus.badVirtAddr;
  });
}

function getVersion(abi: Abi): GrantOperation {
  const struct = abi.struct('gnttab_get_version');
  const dom = struct.field('dom');
  const version = struct.field('version');
  return {
    name: 'get_version',
    status: supported,
    forTranslated: true,
    perform(call, address) {
      const view = call.structFromGuest(address, struct);
      if (view === undefined) return -errno.EFAULT;
      const domain = anyDomain(call, dom.get(view));
      if (domain === undefined) return -errno.ESRCH;
      if (!mayTarget(call.domain, domain)) return -errno.EPERM;
      version.set(view, domain.grants.version);
      return call.structToGuest(address, view);
    },
  };
}

function setVersion(abi: Abi): GrantOperation {
  const struct = abi.struct('gnttab_set_version');
  const version: Field = struct.field('version');
  return {
    name: 'set_version',
    status: supported,
    forTranslated: true,
    perform(call, address) {
      const view = call.structFromGuest(address, struct);
      if (view === undefined) return -errno.EFAULT;
      const wanted = version.get(view);
      if (wanted !== 1 && wanted !== 2) return -errno.EINVAL;
      const { grants } = call.domain;
      const result = grants.setVersion(wanted);
      version.set(view, grants.version);
      return call.structToGuest(address, view) === 0 ? result : -errno.EFAULT;
    },
  };
}

function swap(abi: Abi): GrantOperation {
  const struct = abi.struct('gnttab_swap_grant_ref');
  const [a, b, status] = [struct.field('ref_a'), struct.field('ref_b'), struct.field('status')];
  return {
    name: 'swap_grant_ref',
    status: supported,
    forTranslated: true,
    perform: eachStruct(abi, 'gnttab_swap_grant_ref', (call, view) =>
      status.set(view, call.domain.grants.swap(a.get(view), b.get(view))),
    ),
  };
}
