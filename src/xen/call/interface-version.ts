import { type Abi, releasesWithInterface } from '../abi/abi.ts';
import type { Console } from '../console/console.ts';

/** Most distinct wrong versions to report, so that a program that tries every number does not fill the ring. */
const MAX_REPORTS = 16;

/**
 * Reports in dmesg that a caller's interface version of sysctl or domctl differs from this hypervisor's. Xen itself reports nothing; the
 * line is for learners whose tools do not match the hypervisor.
 */
export class InterfaceVersions {
  readonly #abi: Abi;
  readonly #console: Console;
  readonly #reported = new Set<string>();

  constructor(abi: Abi, console: Console) {
    this.#abi = abi;
    this.#console = console;
  }

  /** Reports each refused version once. */
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
