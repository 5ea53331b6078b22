import fc from 'fast-check';
import t from 'tap';
import { loadAbi } from '../../../src/xen/abi/abi.ts';
import { createHypervisor } from '../../../src/xen/create-hypervisor.ts';
import type { Domain } from '../../../src/xen/domain/domain.ts';
import { bootGuest } from '../../../src/xen/domain/guest.ts';
import {
  destroyDomain,
  pauseDomain,
  pauseVcpu,
  resumeDomain,
  shutdownDomain,
  unpauseDomain,
  unpauseVcpu,
} from '../../../src/xen/domain/lifecycle.ts';
import { domainInfoWriter } from '../../../src/xen/hypercalls/domctl/domaininfo.ts';
import type { Hypervisor } from '../../../src/xen/hypervisor.ts';
import { defaultMachine } from '../../../src/xen/machine/machine.ts';
import { Control } from '../control.ts';
import { FakeGuest } from '../fake-guest.ts';

const LIST = 4096;
const MOST = 40;

/** A list as a caller gets it, and each domain's record freshly encoded. */
function compare(xen: Hypervisor, guest: FakeGuest, c: Control, first = 0): boolean {
  const { offset, size } = xen.abi.struct('xen_domctl').field('u.getdomaininfo');
  const write = domainInfoWriter(xen.abi.struct('xen_domctl'), 'u.getdomaininfo.');
  const expected = new Uint8Array(MOST * size);
  const domains = [...xen.domains].filter(({ id }) => id >= first);
  for (const [index, domain] of domains.entries()) {
    write(domain, xen.now(), new DataView(expected.buffer), index * size - offset);
  }
  guest.bytes.fill(0, LIST);
  const result = c.sysctl('getdomaininfolist', {
    'getdomaininfolist.first_domain': first,
    'getdomaininfolist.max_domains': MOST,
    'getdomaininfolist.buffer': guest.base + LIST,
  });
  const count = c.out('getdomaininfolist.num_domains', 'xen_sysctl');
  const got = guest.bytes.subarray(LIST, LIST + expected.length);
  return result === 0 && count === domains.length && Buffer.from(got).equals(expected);
}

/** Changes to the domain that `pick` chooses: by lifecycle, hypercall or memory. */
const changes: Record<string, (xen: Hypervisor, c: Control, domain: Domain) => void> = {
  pause: (xen, _, domain) => pauseDomain(xen, domain),
  unpause: (xen, _, domain) => domain.controllerPauseCount > 0 && unpauseDomain(xen, domain),
  'pause a vcpu': (xen, _, domain) => domain.vcpus[0] && pauseVcpu(xen, domain.vcpus[0]),
  'unpause a vcpu': (xen, _, domain) => {
    const [vcpu] = domain.vcpus;
    if (vcpu !== undefined && vcpu.pauseCount > 0) unpauseVcpu(xen, vcpu);
  },
  'a vcpu waits for a listener': (_xen, _, domain) => {
    for (const vcpu of domain.vcpus) vcpu.eventPauseCount = 1 - vcpu.eventPauseCount;
  },
  'shut down': (xen, _, domain) => shutdownDomain(xen, domain, 1),
  resume: (xen, _, domain) => resumeDomain(xen, domain),
  destroy: (xen, _, domain) => domain.id !== 0 && destroyDomain(xen, domain),
  'a vcpu more': (_xen, c, domain) => void c.domctl('max_vcpus', domain.id, { 'max_vcpus.max': 2 }),
  online: (xen, _, domain) => domain.vcpus.at(-1)?.setDown(false, xen.now()),
  offline: (xen, _, domain) => domain.vcpus.at(-1)?.setDown(true, xen.now()),
  busy: (xen, _, domain) => domain.vcpus[0]?.setLoad(0.75, xen.now()),
  idle: (xen, _, domain) => domain.vcpus[0]?.setLoad(0, xen.now()),
  'ran before': (_xen, _, domain) => domain.vcpus[0]?.addCpuTime(5),
  'more memory': (_xen, c, domain) => void c.domctl('max_mem', domain.id, { 'max_mem.max_memkb': 1 << 20 }),
  'a page': (_xen, _, domain) => void domain.memory.populate(0x1000, 1),
  'no page': (_xen, _, domain) => void domain.memory.remove(0x1000),
  claim: (_xen, _, domain) => void domain.memory.claim(domain.memory.totalPages + 3),
  'no claim': (_xen, _, domain) => void domain.memory.claim(0),
  'shared_info is mapped': (_xen, _, domain) => {
    const { memory } = domain;
    if (domain.isHvm) memory.remap(0x2000, memory.special.pageOf(memory.sharedInfo));
  },
  'shared_info is unmapped': (_xen, _, domain) => domain.isHvm && domain.memory.unmap(0x2000),
  'a debugger': (_xen, c, domain) => void c.domctl('setdebugging', domain.id, { 'setdebugging.enable': 1 }),
  'a handle': (_xen, _, domain) => {
    domain.handle = new Uint8Array(16).fill(domain.id + 1);
  },
  'another pool': (xen, _, domain) => {
    domain.pool = domain.pool === undefined ? xen.domains.get(0)?.pool : undefined;
  },
};

async function machineWithClock() {
  const clock = { now: 1_000_000_000n };
  const machine = defaultMachine({ uptime: () => clock.now, wallclock: () => 0, random: (bytes) => bytes.fill(0) });
  const xen = createHypervisor({ abi: await loadAbi(), machine });
  const guest = new FakeGuest();
  return { xen, guest, c: new Control(xen, guest), clock };
}

const names = Object.keys(changes);
const step = fc.record({ name: fc.constantFrom(...names, 'create', 'boot'), pick: fc.nat(), time: fc.nat(5) });

t.test('a list has the current records after any changes', async (t) => {
  let lists = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.nat(12), async (steps, first) => {
      const { xen, guest, c, clock } = await machineWithClock();
      const done: string[] = [];
      for (const { name, pick, time } of steps) {
        const domains = [...xen.domains];
        if (name === 'create' && domains.length < MOST) c.create(pick % 2 === 0 ? 0 : 3);
        else if (name === 'boot' && domains.length < MOST) bootGuest(xen, { type: 'pvh', pages: 32, vcpus: 2 });
        else changes[name]?.(xen, c, domains[pick % domains.length]!);
        clock.now += BigInt(time) * 1_000_000n;
        done.push(name);
        if (pick % 3 === 0) continue; // several changes between two lists
        lists += 1;
        if (!compare(xen, guest, c)) throw new Error(`after ${done.join(', ')}`);
      }
      return compare(xen, guest, c, first);
    }),
    { numRuns: 150 },
  );
  t.ok(lists > 100, `${lists} lists`);
});

t.test('each single change is in the next list', async (t) => {
  for (const name of names) {
    for (const type of ['pv', 'pvh'] as const) {
      const { xen, guest, c } = await machineWithClock();
      bootGuest(xen, { type, pages: 32, vcpus: 2 });
      const domain = [...xen.domains].at(-1)!;
      t.ok(compare(xen, guest, c));
      changes[name]?.(xen, c, domain);
      t.ok(compare(xen, guest, c), `${type}: ${name}`);
    }
  }
});

t.test('a list is one copy, and destroyed domains leave nothing behind', async (t) => {
  const { xen, guest, c } = await machineWithClock();
  for (let index = 0; index < 20; index += 1) c.create();
  const writes = t.capture(guest, 'write', guest.write.bind(guest));
  t.ok(compare(xen, guest, c));
  t.equal(writes().filter(({ args }) => Number(args[0]) === guest.base + LIST).length, 1);
  for (const { id } of [...xen.domains]) if (id !== 0) c.domctl('destroydomain', id);
  t.ok(compare(xen, guest, c));
  t.equal(xen.domains.records?.count, 1);
});
