import type { Abi } from './abi/abi.ts';
import { Call } from './call/call.ts';
import type { GuestMemory } from './call/guest-memory.ts';
import type { Hypercall } from './call/hypercall.ts';
import { InterfaceVersions } from './call/interface-version.ts';
import { bootMessages } from './console/banner.ts';
import { type CommandLine, parseCommandLine } from './console/command-line.ts';
import { Console } from './console/console.ts';
import { Parameters } from './console/parameters.ts';
import { CpuPools, type SchedulerName, schedulers } from './domain/cpupool.ts';
import { buildDom0 } from './domain/dom0.ts';
import type { Domain } from './domain/domain.ts';
import { Domains } from './domain/domains.ts';
import { connectResources } from './domain/resources.ts';
import type { VirqListener } from './domain/virq.ts';
import { errno } from './errno.ts';
import { hypercallTable } from './hypercalls/table.ts';
import { Hardware } from './machine/hardware.ts';
import type { Machine } from './machine/machine.ts';
import type { GuestFrames } from './memory/guest-frames.ts';
import { MachineMemory } from './memory/machine-memory.ts';
import type { Records } from './trace-buffers/records.ts';
import { TraceBuffers } from './trace-buffers/trace-buffers.ts';

export interface HypervisorOptions {
  abi: Abi;
  machine: Machine;
  /** Xen's command line. */
  commandLine?: string;
  /** Word size of dom0's kernel. */
  dom0Bits?: 32 | 64;
  /** Serve every known sysctl and domctl interface version, not only this release's. Needs `otherAbis`. */
  anyInterfaceVersion?: boolean;
  /** Makes the store of a domain's memory; undefined: within this process, where nobody can map it. */
  guestFrames?: (domid: number) => GuestFrames | undefined;
  /** Interfaces of other releases, from loadAllAbis: their layouts serve callers with another interface version. */
  otherAbis?: readonly Abi[];
}

/** Sees every hypercall; absent unless somebody traces. `result` as the handler returned it. */
export interface Tracer {
  enter(call: Call, row: Hypercall | undefined): void;
  leave(call: Call, row: Hypercall | undefined, result: number | bigint): void;
}

/** Hypercalls nest through multicall only, and Xen refuses a multicall within one: two calls suffice. */
const MAX_DEPTH = 2;

/** Table slots that are found by index; a user's hypercall with a larger number is found in a map. */
const SMALL_NUMBERS = 128;

/** The hypervisor model. Pure: what it knows of the outside comes through `machine` and the caller's memory. */
export class Hypervisor {
  readonly abi: Abi;
  readonly machine: Machine;
  readonly commandLine: CommandLine;
  readonly console: Console;
  readonly dom0Bits: 32 | 64;
  readonly anyInterfaceVersion: boolean;
  readonly hardware: Hardware;
  readonly parameters: Parameters;
  readonly interfaceVersions: InterfaceVersions;
  readonly memory: MachineMemory;
  readonly domains = new Domains();
  readonly pools: CpuPools;
  /** Called with each virq that is raised. */
  readonly virqListeners: VirqListener[] = [];
  /** Domains that handle a global virq in dom0's stead, by virq. */
  readonly virqHandlers = new Map<number, number>();
  /** Called when a domain is destroyed, to close its channels, free its memory and so on. */
  readonly domainTeardown: ((domain: Domain) => void)[] = [];
  /** To be called before it matters whether a grant is in use: drivers look which of those that programs mapped still are. */
  readonly settleGrants: (() => void)[] = [];
  /** XEN_DOMCTL_sendtrigger: a guest agent may answer the power button. */
  onTrigger: ((domain: Domain, trigger: 'nmi' | 'power' | 'sleep') => void) | undefined;
  /** A domain runs from now on: it was unpaused or resumed, and nothing else holds it. For what stands in for its kernel. */
  onRun: ((domain: Domain) => void) | undefined;
  /** Dom0 shut down: a real machine would power off or reboot. The argument is SHUTDOWN_*. */
  onHardwareShutdown: ((reason: number) => void) | undefined;
  tracer: Tracer | undefined;
  /** Xen's own trace buffers (xentrace), and who writes of domains into them: undefined unless they are enabled. */
  readonly traceBuffers: TraceBuffers;
  records: Records | undefined;
  /** A handler threw: the daemon logs it. The caller gets EFAULT. */
  onHandlerError: ((row: Hypercall, error: unknown) => void) | undefined;
  /** Sees each call that failed, or of which there is a remark or a hidden message, after it. */
  onNotable: ((call: Call, row: Hypercall | undefined, result: number | bigint) => void) | undefined;
  private readonly xenTable: ReadonlyMap<number, Hypercall>;
  private readonly small: (Hypercall | undefined)[] = new Array(SMALL_NUMBERS).fill(undefined);
  private readonly large = new Map<number, Hypercall>();
  private readonly calls: readonly Call[];
  private depth = 0;

  constructor(options: HypervisorOptions) {
    this.abi = options.abi;
    this.machine = options.machine;
    this.commandLine = parseCommandLine(options.commandLine);
    this.dom0Bits = options.dom0Bits ?? 64;
    this.anyInterfaceVersion = options.anyInterfaceVersion ?? false;
    this.console = new Console(this.commandLine, this.machine);
    this.calls = Array.from({ length: MAX_DEPTH }, () => new Call(this));
    this.hardware = new Hardware(this.machine);
    this.parameters = new Parameters(this.console);
    this.interfaceVersions = new InterfaceVersions(this.abi, this.console);
    this.pools = new CpuPools(this.machine.cpus, schedulerName(this.commandLine));
    this.memory = new MachineMemory(this.machine.memory, options.guestFrames);
    this.traceBuffers = new TraceBuffers(this);
    connectResources(this);
    buildDom0(this);
    this.xenTable = hypercallTable(this.abi, this.anyInterfaceVersion ? options.otherAbis : []);
    for (const row of this.xenTable.values()) this.install(row);
    for (const line of bootMessages(this)) this.console.printk(`${line}\n`);
    this.console.lastHidden = undefined;
  }

  /** Nanoseconds since the machine started, as a double: exact for 104 days. */
  now(): number {
    return Number(this.machine.uptime());
  }

  /**
   * The privcmd entry: `call` from `beginCall`, its bytes filled, dispatched to the table's row. The result is signed 64 bit:
   * a number where it is safe, else a bigint.
   */
  dispatch(call: Call): number | bigint {
    const row = this.lookup(call.number);
    const result = this.tracer === undefined ? this.perform(call, row) : this.traced(call, row);
    if (result < 0 || call.remark !== undefined || this.console.lastHidden !== undefined) {
      this.onNotable?.(call, row, result);
      this.console.lastHidden = undefined;
    }
    return result;
  }

  /** A call object for a caller; give it back by `endCall`. Undefined if calls nest deeper than Xen allows. */
  beginCall(domain: Domain, memory: GuestMemory, wordSize: 32 | 64): Call | undefined {
    const call = this.calls[this.depth];
    if (call === undefined) return undefined;
    this.depth += 1;
    call.domain = domain;
    call.memory = memory;
    call.wordSize = wordSize;
    call.faultAddress = undefined;
    call.remark = undefined;
    return call;
  }

  /** The call being served, the innermost of a multicall. */
  get current(): Call | undefined {
    return this.calls[this.depth - 1];
  }

  /** The call being served is an entry of a multicall. */
  get nested(): boolean {
    return this.depth > 1;
  }

  /** After something ended this thread's work in the middle of a hypercall: no call is under way. */
  abandonCalls(): void {
    this.depth = 0;
  }

  endCall(): void {
    this.depth -= 1;
  }

  /** The row of a hypercall number, Xen's own or a user's. */
  lookup(number: number): Hypercall | undefined {
    return number < SMALL_NUMBERS ? this.small[number] : this.large.get(number);
  }

  /** Every row, in the order of their numbers. */
  rows(): Hypercall[] {
    const rows = [...this.small.filter((row) => row !== undefined), ...this.large.values()];
    return rows.sort((a, b) => a.number - b.number);
  }

  /** Adds a row or puts it in the place of the one with its number. */
  install(row: Hypercall): void {
    if (row.number < SMALL_NUMBERS) this.small[row.number] = row;
    else this.large.set(row.number, row);
  }

  /** Takes a user's row away; Xen's own comes back if it had that number. */
  uninstall(number: number): void {
    const own = this.xenTable.get(number);
    if (own !== undefined) this.install(own);
    else if (number < SMALL_NUMBERS) this.small[number] = undefined;
    else this.large.delete(number);
  }

  private perform(call: Call, row: Hypercall | undefined): number | bigint {
    if (row?.handler === undefined) {
      return row?.status.kind === 'unsupported' ? -errno[row.status.errno] : -errno.ENOSYS;
    }
    if (row.pvOnly === true && call.domain.type !== 'pv') return -errno.ENOSYS;
    try {
      return row.handler(call);
    } catch (error) {
      this.onHandlerError?.(row, error);
      return -errno.EFAULT;
    }
  }

  private traced(call: Call, row: Hypercall | undefined): number | bigint {
    const tracer = this.tracer;
    tracer?.enter(call, row);
    const result = this.perform(call, row);
    tracer?.leave(call, row, result);
    return result;
  }
}

function schedulerName({ options }: CommandLine): SchedulerName {
  const name = options.get('sched') ?? 'credit2';
  return Object.hasOwn(schedulers, name) ? (name as SchedulerName) : 'credit2'; // hasOwn does not narrow
}

export function createHypervisor(options: HypervisorOptions): Hypervisor {
  return new Hypervisor(options);
}
