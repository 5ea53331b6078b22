import t from 'tap';
import { bootGuest } from '../../../src/xen/domain/guest.ts';
import { Control } from '../control.ts';
import { FakeGuest } from '../fake-guest.ts';
import { testHypervisor } from '../host.ts';

const SECOND = 1_000_000_000;

/** A hypervisor with a clock that the test moves, and the idle seconds of its two CPUs as sysctls give them. */
async function idling() {
  const clock = { seconds: 0 };
  const xen = await testHypervisor();
  Object.assign(xen.machine, { uptime: () => BigInt(clock.seconds * SECOND) });
  const guest = new FakeGuest();
  const c = new Control(xen, guest);
  const buffer = guest.base + 4096;
  const word = (index: number) => Number(guest.view.getBigUint64(4096 + 8 * index, true)) / SECOND;
  const idle = () => {
    c.sysctl('getcpuinfo', { 'getcpuinfo.max_cpus': 2, 'getcpuinfo.info': buffer });
    return [word(0), word(1)];
  };
  /** Seconds in C0 and C1. */
  const states = (cpu: number) => {
    const type = 0x22;
    c.sysctl('get_pmstat', {
      'get_pmstat.cpuid': cpu,
      'get_pmstat.type': type,
      'get_pmstat.u.getcx.nr': 2,
      'get_pmstat.u.getcx.triggers': buffer + 64,
      'get_pmstat.u.getcx.residencies': buffer,
    });
    return [word(0), word(1)];
  };
  return { xen, c, clock, idle, states };
}

t.test('a CPU idles while no virtual CPU runs on it', async (t) => {
  const { xen, c, clock, idle, states } = await idling();
  clock.seconds = 10;
  const domain = bootGuest(xen, { pages: 16, load: 0.75, cpuTime: 3 * SECOND });
  t.equal(domain.vcpus[0]?.processor, 1, 'dom0 runs on CPU 0');
  clock.seconds = 14;
  t.strictSame(idle(), [7, 8], 'dom0 has half of CPU 0; the guest had 3 s, and 3 of the last 4 s');
  t.strictSame(states(1), [6, 8]);
  c.domctl('pausedomain', domain.id);
  clock.seconds = 16;
  t.strictSame(idle(), [8, 10]);
  c.domctl('unpausedomain', domain.id);
  clock.seconds = 20;
  t.strictSame(idle(), [10, 11]);
  c.domctl('destroydomain', domain.id);
  clock.seconds = 21;
  t.strictSame(idle(), [10.5, 12], 'what it ran stays counted');
  t.strictSame(states(1), [9, 12]);
});

t.test('time counts on the CPU on which a virtual CPU is', async (t) => {
  const { xen, clock, idle } = await idling();
  const domain = bootGuest(xen, { pages: 16, load: 1 });
  clock.seconds = 2;
  domain.vcpus[0]?.moveTo(0, xen.now());
  t.strictSame(idle(), [1, 0]);
  clock.seconds = 4;
  t.strictSame(
    idle(),
    [1, 2],
    'CPU 0 is asked for one and a half times what it has: it does not idle, and does not go back',
  );
  domain.vcpus[0]?.chooseProcessor([1], xen.now());
  t.equal(domain.vcpus[0]?.processor, 1);
  clock.seconds = 5;
  t.strictSame(idle(), [1, 2]);
});

t.test('guests with load are spread over the CPUs', async (t) => {
  const { xen } = await idling();
  const processors = [0.9, 0.2, 0.9].map((load) => bootGuest(xen, { pages: 16, load }).vcpus[0]?.processor);
  t.strictSame(processors, [1, 0, 0], 'dom0 takes half of CPU 0');
  const before = bootGuest(xen, { pages: 16, load: 0.9 });
  t.equal(before.vcpus[0]?.processor, 1);
});
