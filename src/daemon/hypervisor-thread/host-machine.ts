import { availableParallelism, cpus, totalmem } from 'node:os';
import { fillRandomly } from '../../linux/random.ts';
import { defaultMachine, type Machine } from '../../xen/machine/machine.ts';

/** The simulated machine: the small fixed one of the recordings, or one of this host's shape. Its clocks start at this call. */
export function makeMachine(kind: 'default' | 'host'): Machine {
  const start = process.hrtime.bigint();
  const machine = defaultMachine({
    uptime: () => process.hrtime.bigint() - start,
    wallclock: () => Date.now(),
    random: (bytes) => fillRandomly(bytes),
  });
  if (kind === 'default') return machine;
  const megahertz = cpus()[0]?.speed ?? 0; // 0 if the kernel does not report it
  return {
    ...machine,
    cpus: availableParallelism(),
    memory: totalmem(),
    cpuKhz: megahertz > 0 ? megahertz * 1000 : machine.cpuKhz,
  };
}
