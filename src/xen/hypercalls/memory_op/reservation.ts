import { behaves } from '../../abi/behaviour.ts';
import { valueOfRelease } from '../../abi/value-of-release.ts';
import type { Call } from '../../call/call.ts';
import { anyDomain, mayTarget } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { XENLOG_ERR, XENLOG_GUEST, XENLOG_INFO } from '../../console/console.ts';
import type { Domain } from '../../domain/domain.ts';
import { crashDomain } from '../../domain/lifecycle.ts';
import { errno } from '../../errno.ts';
import { MAX_GFN } from '../../memory/domain-memory.ts';
import { printForeignFrame } from '../foreign-frame.ts';
import { fromFirst, memoryFamily } from './family.ts';
import { type WantedPages, wantedPages } from './memory-flags.ts';

/** Extents that a continuation could still count: 32 bits less the command's 6. */
const MAX_EXTENTS = 0x3ffffff;
/** Largest extents, by Xen's defaults of memop-max-order: dom0's is that of a control domain. */
const MAX_ORDER_GUEST = 9;
const MAX_ORDER_DOM0 = 18;
/** Bytes of a frame number in an extent list. */
const FRAME_BYTES = 8;

export const maxOrder = (domain: Domain) => (domain.privileged ? MAX_ORDER_DOM0 : MAX_ORDER_GUEST);

export interface Extents {
  readonly call: Call;
  readonly domain: Domain;
  /** Address of the list of frame numbers; 0 if there is none. */
  readonly list: number;
  readonly count: number;
  readonly order: number;
}

interface Reservation extends Extents {
  readonly wanted: WantedPages;
}

const scratch = new Uint8Array(FRAME_BYTES);
const scratchView = new DataView(scratch.buffer);

/** The frame number at `index` of the list; undefined if it cannot be read. */
export function frameAt(extents: Extents, index: number): number | undefined {
  if (!extents.call.copyFromGuest(extents.list + index * FRAME_BYTES, scratch)) return undefined;
  return scratchView.getUint32(4, true) * 2 ** 32 + scratchView.getUint32(0, true);
}

export function storeFrame(extents: Extents, index: number, frame: number): boolean {
  scratchView.setBigUint64(0, BigInt(frame), true);
  return extents.call.copyToGuest(extents.list + index * FRAME_BYTES, scratch);
}

/** Logs why a domain does not get an extent's pages. */
function complain({ call, domain, order }: Extents): void {
  const { totalPages, maxPages } = domain.memory;
  const [what, pages] = totalPages > maxPages ? ['Inconsistent', totalPages] : ['Over-', totalPages + 2 ** order];
  call.hypervisor.console.printk(
    `${XENLOG_GUEST}${XENLOG_INFO}d${call.domain.id}v0 ${what}${what === 'Over-' ? '' : ' '}allocation for d${domain.id}: ${pages} > ${maxPages}\n`,
  );
}

/** Whether the machine has as many adjacent pages. Xen allocates them before it checks the domain's limit. */
function isFree({ hypervisor }: Call, pages: number): boolean {
  const { heap } = hypervisor.memory;
  const run = heap.allocate(pages);
  if (run !== undefined) heap.give(run, pages);
  return run !== undefined;
}

/** Gives the domain an extent's pages, or logs why it cannot. */
function allocate(extents: Reservation, gfn: number | undefined): number | undefined {
  const pages = 2 ** extents.order;
  const { memory } = extents.domain;
  if (!extents.wanted.exist) return undefined;
  if (!memory.mayHave(pages)) {
    if (!isFree(extents.call, pages)) return undefined;
    complain(extents);
    memory.claimed.allocationFailed(pages);
    return undefined;
  }
  return memory.populate(gfn, pages);
}

// Each performs one extent: true if it is done, false ends the operation there.

function increase(extents: Reservation, index: number): boolean {
  if (extents.order > maxOrder(extents.call.domain)) return false;
  const mfn = allocate(extents, undefined);
  if (mfn === undefined) return false;
  if (extents.domain.memory.translated || extents.list === 0) return true;
  return storeFrame(extents, index, mfn);
}

function decrease(extents: Extents, index: number): boolean {
  if (extents.order > maxOrder(extents.call.domain)) return false;
  const frame = frameAt(extents, index);
  if (frame === undefined || frame > MAX_GFN) return false;
  for (let page = 0; page < 2 ** extents.order; page += 1) {
    if (extents.domain.memory.remove(frame + page)) continue;
    printForeignFrame(extents.call, extents.domain, frame + page);
    return false;
  }
  return true;
}

/** Allocates pages that cannot be shown, since a device is in their place: they still count, and the domain crashes. */
function populateDevice(extents: Reservation, gfn: number): boolean {
  const { call, domain } = extents;
  const { hypervisor } = call;
  if (allocate(extents, undefined) === undefined) return false;
  const hex = (number = 0) => `0x${number.toString(16)}`;
  const change = `(${hex(domain.memory.properties.device(gfn))},5,7) -> (${hex(hypervisor.memory.heap.lowest)},0,7)`;
  hypervisor.console.printk(`${XENLOG_GUEST}${XENLOG_ERR}d${domain.id}: GFN ${hex(gfn)} ${change} not permitted\n`);
  crashDomain(hypervisor, domain, call.domain, valueOfRelease(hypervisor.abi, 'deviceFramePopulatedCrash'));
  return behaves(hypervisor.abi, 'deviceFramePopulated');
}

function populate(extents: Reservation, index: number): boolean {
  if (extents.order > maxOrder(extents.call.domain)) return false;
  const gfn = frameAt(extents, index);
  const { memory } = extents.domain;
  if (gfn === undefined || gfn > MAX_GFN) return false;
  const device = memory.properties.deviceWithin(gfn, 2 ** extents.order);
  if (extents.wanted.onDemand) {
    if (extents.domain === extents.call.domain) return false;
    // A PV domain has no populate-on-demand frames: nothing happens, and the extent counts as done.
    if (!memory.translated) return true;
    const { abi } = extents.call.hypervisor;
    if (behaves(abi, 'devicesExcludeOnDemand') && memory.properties.mayUseDevices) return false;
    return device === undefined && memory.populateOnDemand(gfn, 2 ** extents.order);
  }
  if (device !== undefined) return populateDevice(extents, device);
  const mfn = allocate(extents, gfn);
  if (mfn === undefined) return false;
  return memory.translated || storeFrame(extents, index, mfn);
}

/** An operation on each extent of a reservation. It never fails: it returns how many extents are done. */
const onExtents = (name: string, one: (extents: Reservation, index: number) => boolean) =>
  operation({
    family: memoryFamily,
    name,
    status: supported,
    argument: 'xen_memory_reservation_t',
    copies: 'itself',
    bind({ field }) {
      const [list, nrExtents, order] = [field('extent_start'), field('nr_extents'), field('extent_order')];
      const [flags, domid] = [field('mem_flags'), field('domid')];
      return ({ call, caller, address, start, bytes, view }) => {
        if (!call.copyFromGuest(address, bytes)) return start;
        const count = nrExtents.get(view);
        if (count > MAX_EXTENTS || start >= count || !call.mayPointTo(list.get(view))) return start;
        const domain = anyDomain(call, domid.get(view));
        if (domain === undefined || !mayTarget(caller, domain)) return start;
        const wanted = wantedPages(flags.get(view), domain);
        if (wanted === undefined) return start;
        const extents = {
          call,
          domain,
          list: list.get(view),
          count,
          order: order.get(view),
          wanted,
        };
        let index = start;
        while (index < count && one(extents, index)) index += 1;
        return index;
      };
    },
  });

const claimPages = operation({
  family: memoryFamily,
  name: 'claim_pages',
  status: supported,
  argument: 'xen_memory_reservation_t',
  before: fromFirst,
  bind({ field }) {
    const [list, count, order] = [field('extent_start'), field('nr_extents'), field('extent_order')];
    const [flags, domid] = [field('mem_flags'), field('domid')];
    return ({ hypervisor, caller, view }) => {
      if (list.get(view) !== 0 || order.get(view) !== 0 || flags.get(view) !== 0) return -errno.EINVAL;
      const domain = hypervisor.domains.get(domid.get(view));
      if (domain === undefined) return -errno.EINVAL;
      if (!caller.privileged) return -errno.EPERM;
      return domain.memory.claim(count.get(view));
    };
  },
});

export const reservationOperations = [
  onExtents('increase_reservation', increase),
  onExtents('decrease_reservation', decrease),
  onExtents('populate_physmap', populate),
  claimPages,
];
