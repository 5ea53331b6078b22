import { behaves } from '../../abi/behaviour.ts';
import type { Call } from '../../call/call.ts';
import { anyDomain, mayTarget } from '../../call/domid.ts';
import { supported, unsupported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { OperationRequest } from '../../call/operation-request.ts';
import type { Domain } from '../../domain/domain.ts';
import { grantStatus } from '../../domain/grant-tables.ts';
import { errno } from '../../errno.ts';
import { grantFamily, onlyOne } from './family.ts';

// Operations on a domain's table as a whole.

/** The entry of a frame list for a frame that a translated guest has not mapped. */
const INVALID_GFN = 2n ** 64n - 1n;

/** The domain that owns the table, or the GNTST_* of a refusal. */
function tableOwner(call: Call, domid: number): Domain | number {
  const domain = anyDomain(call, domid);
  if (domain === undefined) return grantStatus.badDomain;
  return mayTarget(call.domain, domain) ? domain : grantStatus.permissionDenied;
}

/** Writes the frame number of each frame as the guest sees it; false if the list cannot be written. */
function listFrames(call: Call, domain: Domain, list: number, mfns: readonly (number | undefined)[]): boolean {
  const word = new DataView(new ArrayBuffer(8));
  return mfns.every((mfn, index) => {
    const frame = mfn === undefined ? undefined : domain.memory.special.frameOf(mfn);
    word.setBigUint64(0, frame === undefined ? INVALID_GFN : BigInt(frame), true);
    return call.structToGuest(list + 8 * index, word) === 0;
  });
}

const querySize = operation({
  family: grantFamily,
  name: 'query_size',
  status: supported,
  forTranslated: true,
  argument: 'gnttab_query_size',
  copies: 'both',
  before: onlyOne,
  bind({ field }) {
    const [dom, status] = [field('dom'), field('status')];
    const [frames, max] = [field('nr_frames'), field('max_nr_frames')];
    return ({ call, view }) => {
      const domain = tableOwner(call, dom.get(view));
      if (typeof domain === 'number') {
        status.set(view, domain);
        return 0;
      }
      frames.set(view, domain.grants.frames);
      max.set(view, domain.grants.maxFrames);
      status.set(view, grantStatus.okay);
      return 0;
    };
  },
});

const setupTable = operation({
  family: grantFamily,
  name: 'setup_table',
  status: supported,
  forTranslated: true,
  argument: 'gnttab_setup_table',
  copies: 'both',
  before: onlyOne,
  bind({ field }) {
    const [dom, frames, list, status] = [field('dom'), field('nr_frames'), field('frame_list'), field('status')];
    const setup = ({ call, view }: OperationRequest): number => {
      const domain = tableOwner(call, dom.get(view));
      if (typeof domain === 'number') return domain;
      const count = frames.get(view);
      if (!domain.grants.grow(count)) return grantStatus.generalError;
      const mfns = Array.from({ length: count }, (_, index) => domain.grants.sharedFrame(index));
      return listFrames(call, domain, list.get(view), mfns) ? grantStatus.okay : grantStatus.badVirtAddr;
    };
    return (request) => {
      if (!request.call.mayPointTo(list.get(request.view))) return -errno.EFAULT;
      status.set(request.view, setup(request));
      return 0;
    };
  },
});

const getStatusFrames = operation({
  family: grantFamily,
  name: 'get_status_frames',
  status: supported,
  forTranslated: false,
  argument: 'gnttab_get_status_frames',
  copies: 'both',
  before: onlyOne,
  bind({ abi, field }) {
    const [dom, frames, list, status] = [field('dom'), field('nr_frames'), field('frame_list'), field('status')];
    const checksList = behaves(abi, 'statusFrameListChecked');
    const find = ({ call, view }: OperationRequest): number => {
      const domain = tableOwner(call, dom.get(view));
      if (typeof domain === 'number') return domain;
      const count = frames.get(view);
      if (count > domain.grants.statusFrames) return grantStatus.generalError;
      const mfns = Array.from({ length: count }, (_, index) => domain.grants.statusFrame(index));
      return listFrames(call, domain, list.get(view), mfns) ? grantStatus.okay : grantStatus.badVirtAddr;
    };
    return (request) => {
      if (checksList && !request.call.mayPointTo(list.get(request.view))) return -errno.EFAULT;
      status.set(request.view, find(request));
      return 0;
    };
  },
});

/** Takes one struct, whatever the count is; so does set_version. */
const getVersion = operation({
  family: grantFamily,
  name: 'get_version',
  status: supported,
  forTranslated: true,
  argument: 'gnttab_get_version',
  copies: 'itself',
  bind({ field }) {
    const [dom, version] = [field('dom'), field('version')];
    return ({ call, caller, address, bytes, view }) => {
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      const domain = anyDomain(call, dom.get(view));
      if (domain === undefined) return -errno.ESRCH;
      if (!mayTarget(caller, domain)) return -errno.EPERM;
      version.set(view, domain.grants.version);
      return call.structToGuest(address, view);
    };
  },
});

const setVersion = operation({
  family: grantFamily,
  name: 'set_version',
  status: supported,
  forTranslated: true,
  argument: 'gnttab_set_version',
  copies: 'itself',
  bind({ field }) {
    const version = field('version');
    return ({ call, caller, address, bytes, view }) => {
      if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
      const wanted = version.get(view);
      const result = wanted === 1 || wanted === 2 ? caller.grants.setVersion(wanted) : -errno.EINVAL;
      version.set(view, caller.grants.version);
      return call.structToGuest(address, view) === 0 ? result : -errno.EFAULT;
    };
  },
});

const swapGrantRef = operation({
  family: grantFamily,
  name: 'swap_grant_ref',
  status: supported,
  forTranslated: true,
  argument: 'gnttab_swap_grant_ref',
  copies: 'both',
  bind({ field }) {
    const [a, b, status] = [field('ref_a'), field('ref_b'), field('status')];
    return ({ caller, view }) => {
      status.set(view, caller.grants.swap(a.get(view), b.get(view)));
      return 0;
    };
  },
});

const dumpTable = operation({
  family: grantFamily,
  name: 'dump_table',
  status: unsupported('ENOSYS', 'as Xen answers'),
  forTranslated: false,
  argument: 'gnttab_dump_table',
  copies: 'itself',
});

export const tableOperations = [
  querySize,
  setupTable,
  getStatusFrames,
  getVersion,
  setVersion,
  swapGrantRef,
  dumpTable,
];
