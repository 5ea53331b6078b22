import type { Calls } from '../calls.ts';
import { configuration, type GuestKind, inform, populate } from '../guests.ts';
import { Random } from '../random.ts';

const STEPS = 150;

/** Random lifecycle steps of guests, one kind after the other; after each step, all of getdomaininfo. */
export function life(calls: Calls, salt: string): void {
  for (const [index, kind] of (['pv', 'hvm', 'pvh'] as const).entries()) {
    const random = new Random(`life ${kind} ${salt}`);
    let domain = 25000 + index * 100;
    let alive = false;
    for (let step = 0; step < STEPS; step++) {
      const id = `${kind}.${step}`;
      if (!alive) {
        domain++;
        const vcpus = 1 + random.below(3);
        const set = configuration(calls, kind, vcpus);
        calls.domctl('createdomain', domain, { id, asked: `domain=${domain} vcpus=${vcpus}`, set });
        alive = true;
      } else if (random.chance(40)) {
        calls.domctl('destroydomain', domain, { id });
        calls.script.wait(20); // its memory is freed later
        alive = false;
      } else random.pick(changes)(calls, random, domain, id, kind);
      inform(calls, domain, `${id}.info`);
    }
    calls.domctl('destroydomain', domain, { id: `${kind}.end` });
  }
}

type Change = (calls: Calls, random: Random, domain: number, id: string, kind: GuestKind) => void;

const order =
  (name: string): Change =>
  (calls, _random, domain, id) =>
    calls.domctl(name, domain, { id, asked: name });

/** One member of a domctl at random. */
const set =
  (name: string, member: string, values: readonly (number | bigint)[]): Change =>
  (calls, random, domain, id) => {
    const value = random.pick(values);
    calls.domctl(name, domain, { id, asked: `${name} ${member}=${value}`, set: { [member]: value } });
  };

const changes: readonly Change[] = [
  order('pausedomain'),
  order('unpausedomain'),
  order('resumedomain'),
  set('max_vcpus', 'max', [1, 2, 3]),
  set('max_mem', 'max_memkb', [4096, 65536, 0x100000, 0]),
  set('setdebugging', 'enable', [0, 1]),
  set('settscinfo', 'tsc_mode', [0, 1, 2, 3]),
  set('getvcpuinfo', 'vcpu', [0, 1, 2]),
  set('set_access_required', 'access_required', [0, 1]),
  (calls, random, domain, id) => {
    const mb = 1 + random.below(4);
    calls.domctl('shadow_op', domain, { id, asked: `pool=${mb}`, set: { op: 31, mb } });
  },
  (calls, random, domain, id) => {
    const first = random.below(200);
    populate(
      calls,
      domain,
      Array.from({ length: 1 + random.below(20) }, (_, index) => first + index),
      id,
    );
  },
  (calls, random, domain, id, kind) => {
    if (kind === 'pv') return calls.domctl('pausedomain', domain, { id }); // a PV guest's frames are machine frames
    const gfn = random.below(200);
    const members = { domid: domain, nr_extents: 1, extent_start: { u64: [gfn] } };
    const called = { id, asked: `decrease ${gfn}`, set: members };
    calls.stable('memory_op', 'XENMEM', 'decrease_reservation', 'xen_memory_reservation_t', called);
  },
  (calls, random, domain, id) => {
    const reason = random.below(7);
    const called = { id, asked: `shutdown ${reason}`, set: { domain_id: domain, reason } };
    calls.stable('sched_op', 'SCHEDOP', 'remote_shutdown', 'domain_id:u16 reason:u32', called);
  },
  (calls, random, domain, id) => {
    const vcpu = random.below(3);
    const called = { id, asked: `setvcpucontext vcpu=${vcpu}`, set: { vcpu, ctxt: { bytes: 5168 } } };
    calls.domctl('setvcpucontext', domain, called);
  },
  (calls, random, domain, id) => {
    const pages = random.below(3) * 100;
    const called = { id, asked: `claim ${pages}`, set: { domid: domain, nr_extents: pages } };
    calls.stable('memory_op', 'XENMEM', 'claim_pages', 'xen_memory_reservation_t', called);
  },
  (calls, _random, domain, id) =>
    calls.stable('event_channel_op', 'EVTCHNOP', 'alloc_unbound', 'evtchn_alloc_unbound', { id, set: { dom: domain } }),
  (calls, random, domain, id) => {
    const [name, index] = random.pick([['current_reservation'], ['maximum_reservation'], ['maximum_gpfn']]).concat('');
    calls.stable('memory_op', 'XENMEM', name ?? '', 'domid:u16', {
      id,
      asked: `${name}${index}`,
      set: { domid: domain },
    });
  },
];
