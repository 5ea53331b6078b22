import { type Abi, releasesWithInterface } from '../abi/abi.ts';
import type { Console } from '../console/console.ts';

/** Distinct wrong versions that are reported: a program that tries out every number shall not fill the ring. */
const MAX_REPORTS = 16;

/**
 * Tells which interface version of sysctl and domctl a caller speaks and which this hypervisor serves. Xen itself says
 * nothing; the line is for the learner whose tools and hypervisor do not match.
 */
export class InterfaceVersions {
  readonly #abi: Abi;
  readonly #console: Console;
  readonly #reported = new Set<string>();

  constructor(abi: Abi, console: Console) {
    this.#abi = abi;
    this.#console = console;
  }

  /** Says once for each version that it is refused. */
  refused(hypercall: 'sysctl' | 'domctl', version: number): void {
    const key = `${hypercall} ${version}`;
    if (this.#reported.has(key) || this.#reported.size >= MAX_REPORTS) return;
    this.#reported.add(key);
    const releases = releasesWithInterface(hypercall, version);
    const [first] = releases;
    const last = releases.at(-1);
    const spoken = first === undefined ? 'no known Xen' : first === last ? `Xen ${first}` : `Xen ${first} to ${last}`;
    const own = hypercall === 'sysctl' ? this.#abi.sysctlVersion : this.#abi.domctlVersion;
    this.#console.printk(
      `${hypercall}: the tools speak interface version ${hex(version)} (${spoken}), ` +
        `the hypervisor ${hex(own)} (Xen ${this.#abi.version}): EACCES\n`,
    );
  }
}

function hex(number: number): string {
  return `0x${number.toString(16)}`;
}
