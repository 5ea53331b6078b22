import type { CpuModel } from './cpu-models.ts';

/**
 * The simulated machine: its hardware, its clock, its random numbers and the identity of the Xen that runs on it. All inputs of the model
 * come from here, so that a test or a replay is deterministic.
 */
export interface Machine {
  readonly cpus: number;
  /** Bytes of RAM. */
  readonly memory: number;
  /** Frequency of a CPU in kHz. */
  readonly cpuKhz: number;
  /** The CPUs' vendor: AMD's have SVM and nested pages; Intel's have VMX, EPT, and Processor Trace for guests. */
  readonly vendor: 'amd' | 'intel';
  /** The release of Xen that runs on it; undefined: 4.17. */
  readonly release?: { readonly major: number; readonly minor: number };
  /** A CPU model of real hosts; undefined: the recorded one, which is QEMU's. */
  readonly cpuModel?: CpuModel | undefined;
  /** Nanoseconds since the machine started. Monotonic. */
  uptime(): bigint;
  /** Milliseconds since the epoch. */
  wallclock(): number;
  /** Fills `bytes` with random ones. */
  random(bytes: Uint8Array): void;
  readonly build: BuildInfo;
}

/** The build information in xen_version. */
export interface BuildInfo {
  /** Undefined: the release's own (extraversion.ts). */
  readonly extraversion?: string;
  readonly compiledBy: string;
  readonly compileDomain: string;
  readonly compileDate: string;
  readonly changeset: string;
  /** Hexadecimal; empty if there is none. */
  readonly buildId: string;
}

/** What the host supplies to a machine. */
export interface Host {
  uptime(): bigint;
  wallclock(): number;
  random(bytes: Uint8Array): void;
}

const GiB = 2 ** 30;

/** The machine of the recordings (test/conformance): two CPUs, 3 GiB. The identity is our own. */
export function defaultMachine(host: Host): Machine {
  return {
    ...host,
    cpus: 2,
    memory: 3 * GiB,
    cpuKhz: 2_596_144,
    vendor: 'amd',
    build: {
      compiledBy: 'fauxen',
      compileDomain: 'fauxen.invalid',
      compileDate: 'Mon Nov 23 12:00:00 UTC 2026',
      changeset: '',
      buildId: 'fa0e0e0417fa0e0e0417fa0e0e0417fa0e0e0417',
    },
  };
}

/** The values in Debian's builds of releases other than 4.17 (sched.extraversion.base). */
const extraversions: Readonly<Record<string, string>> = { '4.14': '.6', '4.20': '.5-pre' };

/** The machine with a release's build of Xen on it. */
export function builtAs(
  machine: Machine,
  { version, major, minor }: { readonly version: string; readonly major: number; readonly minor: number },
): Machine {
  const extraversion = extraversions[version];
  const build = extraversion === undefined ? machine.build : { ...machine.build, extraversion };
  return { ...machine, release: { major, minor }, build };
}
