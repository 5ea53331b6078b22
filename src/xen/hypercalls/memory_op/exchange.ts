import type { Call } from '../../call/call.ts';
import { anyDomain, mayTarget } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { Domain } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import { memoryFamily } from './family.ts';
import { type Extents, frameAt, maxOrder, storeFrame } from './reservation.ts';

/** The frames of several extents, which the domain must own and have free for use; or -errno. */
function ownFrames(extents: Extents, first: number, count: number): number[] | number {
  const { memory } = extents.domain;
  const frames: number[] = [];
  for (let index = first; index < first + count; index += 1) {
    const frame = frameAt(extents, index);
    if (frame === undefined) return -errno.EFAULT;
    for (let page = 0; page < 2 ** extents.order; page += 1) {
      const isFree = memory.m2p.has(frame + page) && !memory.pinned.has(frame + page) && !frames.includes(frame + page);
      if (!isFree) return -errno.EINVAL;
      frames.push(frame + page);
    }
  }
  return frames;
}

/** Gives a domain a new extent for the pages of several old ones. 0, or -errno: then it keeps the old ones, except after EFAULT. */
function exchangeOne(old: Extents, fresh: Extents, index: number): number {
  const perExtent = 2 ** (fresh.order - old.order);
  const frames = ownFrames(old, index * perExtent, perExtent);
  if (typeof frames === 'number') return frames;
  const { memory } = fresh.domain;
  const count = 2 ** fresh.order;
  const run = fresh.call.hypervisor.memory.heap.allocate(count);
  if (run === undefined) return -errno.ENOMEM;
  for (const frame of frames) memory.remove(frame);
  memory.populate(frameAt(fresh, index), count, run);
  return storeFrame(fresh, index, run) ? 0 : -errno.EFAULT;
}

export const exchange = operation({
  family: memoryFamily,
  name: 'exchange',
  status: supported,
  argument: 'xen_memory_exchange',
  bind({ field }) {
    const nrExchanged = field('nr_exchanged');
    const side = (name: string) => ({
      list: field(`${name}.extent_start`),
      count: field(`${name}.nr_extents`),
      order: field(`${name}.extent_order`),
      domid: field(`${name}.domid`),
    });
    const [inwards, outwards] = [side('in'), side('out')];

    const extents = (call: Call, domain: Domain, view: DataView, { list, count, order }: typeof inwards): Extents => ({
      call,
      domain,
      list: list.get(view),
      count: count.get(view),
      order: order.get(view),
    });

    /** In Xen's order. */
    const refusal = (call: Call, view: DataView): number | Domain => {
      const order = inwards.order.get(view);
      const outOrder = outwards.order.get(view);
      if (Math.max(order, outOrder) > maxOrder(call.domain)) return -errno.EPERM;
      const count = inwards.count.get(view);
      const same = inwards.domid.get(view) === outwards.domid.get(view);
      if (nrExchanged.get(view) > count || !same || count * 2 ** order !== outwards.count.get(view) * 2 ** outOrder) {
        return -errno.EINVAL;
      }
      if (order > outOrder) return -errno.EINVAL;
      const domain = anyDomain(call, inwards.domid.get(view));
      if (domain === undefined) return -errno.ESRCH;
      if (!mayTarget(call.domain, domain)) return -errno.EPERM;
      return domain.memory.translated ? -errno.EOPNOTSUPP : domain;
    };

    const perform = (call: Call, domain: Domain, view: DataView): number => {
      const [old, fresh] = [extents(call, domain, view, inwards), extents(call, domain, view, outwards)];
      const perExtent = 2 ** (fresh.order - old.order);
      for (let index = Math.floor(nrExchanged.get(view) / perExtent); index < fresh.count; index += 1) {
        const failure = exchangeOne(old, fresh, index);
        if (failure < 0) return failure;
        nrExchanged.set(view, (index + 1) * perExtent);
      }
      return 0;
    };

    return (request) => {
      const domain = refusal(request.call, request.view);
      const result = typeof domain === 'number' ? domain : perform(request.call, domain, request.view);
      // Xen writes nr_exchanged back even if the exchange failed.
      const written = request.fieldToGuest(nrExchanged, nrExchanged.get(request.view));
      return written < 0 ? written : result;
    };
  },
});
