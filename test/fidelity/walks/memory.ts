import type { Calls } from '../calls.ts';
import { inform, populate } from '../guests.ts';
import type { Named } from '../operation.ts';
import { Random } from '../random.ts';

/** A guest's memory: populated, removed, shared with the grant table, limited; and its page counts. */
export function memory(calls: Calls, { name, value }: Named, salt: string): void {
  const random = new Random(`memory ${name} ${salt}`);
  const domain = Number(value);
  for (let step = 0; step < 120; step++) {
    const id = `walk.${name}.${step}`;
    const base = random.below(80);
    const gfns = Array.from({ length: 1 + random.below(6) }, (_, at) =>
      random.chance(5) ? random.below(100) : base + at,
    );
    const order = random.chance(8) ? random.below(4) : 0;
    const reservation = { domid: domain, nr_extents: gfns.length, extent_order: order, extent_start: { u64: gfns } };
    switch (random.below(8)) {
      case 0:
      case 1:
      case 2:
        populate(calls, domain, gfns, id, order);
        break;
      case 3:
      case 4:
        calls.stable('memory_op', 'XENMEM', 'decrease_reservation', 'xen_memory_reservation_t', {
          id,
          asked: `decrease ${gfns.join(',')} order=${order}`,
          set: reservation,
        });
        break;
      case 5: {
        const [space, idx] = [random.below(3), random.below(10)];
        const called = {
          id,
          asked: `place space=${space} idx=${idx} at ${base}`,
          set: { domid: domain, space, idx, gpfn: base },
        };
        calls.stable('memory_op', 'XENMEM', 'add_to_physmap', 'xen_add_to_physmap', called);
        break;
      }
      case 6: {
        const called = { id, asked: `remove ${base}`, set: { domid: domain, gpfn: base } };
        calls.stable('memory_op', 'XENMEM', 'remove_from_physmap', 'xen_remove_from_physmap', called);
        break;
      }
      default: {
        const max = random.pick([65536, 256, 512, 1024]);
        calls.domctl('max_mem', domain, { id, asked: `max_mem ${max}`, set: { max_memkb: max } });
      }
    }
    calls.stable('memory_op', 'XENMEM', 'maximum_gpfn', 'domid:u16', { id: `${id}.gpfn`, set: { domid: domain } });
    inform(calls, domain, `${id}.info`);
  }
}
