import type { Hypervisor } from '../hypervisor.ts';
import { extraversion } from '../machine/extraversion.ts';

/** The console's first messages, in the style of a booting Xen. */
export function bootMessages(hypervisor: Hypervisor): string[] {
  const { abi, machine, commandLine, console } = hypervisor;
  const { build } = machine;
  return [
    ` Fauxen: Xen version ${abi.version}${extraversion(build, abi.version)} (${build.compiledBy}@${build.compileDomain}), simulated`,
    `Command line: ${commandLine.text.trimEnd()}`,
    ...commandLine.complaints,
    `${machine.cpus} CPUs at ${machine.cpuKhz / 1000} MHz, ${machine.memory / 2 ** 20} MiB of memory`,
    `Allocated console ring of ${console.ring.size / 1024} KiB.`,
    `Std. Loglevel: ${describe(console.xen)}`,
    `Guest Loglevel: ${describe(console.guest)}`,
    'Domain 0 is the process that opens privcmd.',
  ];
}

const names = ['Nothing', 'Errors', 'Errors and warnings', 'Errors, warnings and info', 'All'];

function describe({ lower, upper }: { lower: number; upper: number }): string {
  return lower === upper ? `${names[lower]}` : `${names[lower]} (Rate-limited: ${names[upper]})`;
}
