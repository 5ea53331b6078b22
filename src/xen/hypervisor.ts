import type { Abi } from './abi/abi.ts';
import { behaves } from './abi/behaviour.ts';
import { Call } from './call/call.ts';
import type { GuestMemory } from './call/guest-memory.ts';
import type { Hypercall } from './call/hypercall.ts';
import { InterfaceVersions } from './call/interface-version.ts';
import type { Turn } from './call/turn.ts';
import { type CommandLine, parseCommandLine } from './console/command-line.ts';
import { Console } from './console/console.ts';
import { Parameters } from './console/parameters.ts';
import { ChangedDomains } from './domain/changed-domains.ts';
import { CpuTimes } from './domain/cpu-times.ts';
import { CpuPools, type SchedulerName, schedulers } from './domain/cpupool.ts';
import type { Domain } from './domain/domain.ts';
import { Domains } from './domain/domains.ts';
import { Profiler } from './domain/profiler.ts';
import { errno } from './errno.ts';
import { Hooks } from './hooks.ts';
import { Hardware } from './machine/hardware.ts';
import { builtAs, type Machine } from './machine/machine.ts';
import type { GuestFrames } from './memory/guest-frames.ts';
import { MORE_XEN_PAGES } from './memory/heap.ts';
import { MachineMemory } from './memory/machine-memory.ts';
import type { TraceBuffers } from './trace-buffers/trace-buffers.ts';

export interface HypervisorOptions {
  abi: Abi;
  machine: Machine;
  /** Xen's command line. */
  commandLine?: string;
  /** Word size of dom0's kernel. */
  dom0Bits?: 32 | 64;
  /** Serve every known sysctl and domctl interface version, not only this release's. Needs `otherAbis`. */
  anyInterfaceVersion?: boolean;
  /** Creates the backing store of a domain's memory. Without it, memory lives in this process and cannot be mapped by others. */
  guestFrames?: (domid: number) => GuestFrames | undefined;
  /** Interfaces of other releases, from loadAllAbis: their layouts serve callers with another interface version. */
  otherAbis?: readonly Abi[];
}

/** Hypercalls nest only through multicall, and Xen refuses a multicall within a multicall: two call objects are enough. */
const MAX_DEPTH = 2;

/** Table slots that are found by index; a user's hypercall with a larger number is found in a map. */
const SMALL_NUMBERS = 128;

/**
 * The hypervisor: its parts, and the dispatch of a hypercall. It has no other inputs than `machine` and the caller's memory.
 * `createHypervisor` boots one; before that it has neither domains nor a table.
 */
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
  readonly cpuTimes: CpuTimes;
  readonly hooks = new Hooks();
  readonly changedDomains = new ChangedDomains(this.hooks);
  readonly profiler = new Profiler();
  /** Domains that handle a global virq instead of dom0, by virq. */
  readonly virqHandlers = new Map<number, number>();
  /** Xen's own trace buffers (xentrace). */
  traceBuffers!: TraceBuffers;
  /** Absent: calls are never preempted. */
  turn: Turn | undefined;
  /** Xen's own rows, which are restored when a user's row is removed. */
  #xenTable: ReadonlyMap<number, Hypercall> = new Map();
  readonly #small: (Hypercall | undefined)[] = new Array(SMALL_NUMBERS).fill(undefined);
  readonly #large = new Map<number, Hypercall>();
  readonly #calls: readonly Call[];
  #depth = 0;

  constructor(options: HypervisorOptions) {
    this.abi = options.abi;
    this.machine = builtAs(options.machine, this.abi);
    this.commandLine = parseCommandLine(options.commandLine);
    this.dom0Bits = options.dom0Bits ?? 64;
    this.anyInterfaceVersion = options.anyInterfaceVersion ?? false;
    this.console = new Console(this.commandLine, this.machine);
    this.#calls = Array.from({ length: MAX_DEPTH }, () => new Call(this));
    this.hardware = new Hardware(this.machine);
    if (behaves(this.abi, 'unlimitedCstates')) this.hardware.maxCstate = 0xffffffff;
    this.parameters = new Parameters(this.console, this.machine, this.abi);
    this.interfaceVersions = new InterfaceVersions(this.abi, this.console);
    this.pools = new CpuPools(this.machine.cpus, schedulerName(this.commandLine));
    this.cpuTimes = new CpuTimes(this.machine.cpus);
    this.memory = new MachineMemory(
      this.machine.memory,
      options.guestFrames,
      behaves(this.abi, 'xenTakesMore') ? MORE_XEN_PAGES : 0,
    );
    this.memory.heap.claimsFreedPages = behaves(this.abi, 'freedPagesClaimed');
  }

  /** The table of Xen's own hypercalls, at start. */
  installXen(table: ReadonlyMap<number, Hypercall>): void {
    this.#xenTable = table;
    for (const row of table.values()) this.install(row);
  }

  /** Nanoseconds since the machine started, as a double: exact for 104 days. */
  now(): number {
    return Number(this.machine.uptime());
  }

  /**
   * The privcmd entry: `call` from `beginCall`, its bytes filled, dispatched to the table's row. The result is signed 64 bit:
   * a number where it is safe, else a bigint. If the call was preempted, the result is meaningless, and the call must be dispatched again.
   */
  dispatch(call: Call): number | bigint {
    const row = this.lookup(call.number);
    const { hooks } = this;
    if (hooks.entered.used && !call.preempted) hooks.entered.run(call, row);
    call.preempted = false;
    const result = this.#perform(call, row);
    if (call.preempted) return result;
    if (hooks.left.used) hooks.left.run(call, row, result);
    if (result < 0 || call.remark !== undefined || this.console.lastHidden !== undefined) {
      hooks.notable.run(call, row, result);
      this.console.lastHidden = undefined;
    }
    return result;
  }

  /** A call object for a caller, to be returned with `endCall`. Undefined if calls nest deeper than Xen allows. */
  beginCall(domain: Domain, memory: GuestMemory, wordSize: 32 | 64): Call | undefined {
    const call = this.#calls[this.#depth];
    if (call === undefined) return undefined;
    this.#depth += 1;
    call.domain = domain;
    call.memory = memory;
    call.wordSize = wordSize;
    call.faultAddress = undefined;
    call.remark = undefined;
    call.preempted = false;
    return call;
  }

  /** The call being served, the innermost of a multicall. */
  get current(): Call | undefined {
    return this.#calls[this.#depth - 1];
  }

  /** Whether the call being served is an entry of a multicall. */
  get nested(): boolean {
    return this.#depth > 1;
  }

  /** Called after this thread was interrupted in the middle of a hypercall: no call is in progress. */
  abandonCalls(): void {
    this.#depth = 0;
  }

  endCall(): void {
    this.#depth -= 1;
  }

  /** The row of a hypercall number, Xen's own or a user's. */
  lookup(number: number): Hypercall | undefined {
    return number < SMALL_NUMBERS ? this.#small[number] : this.#large.get(number);
  }

  /** Every row, in the order of their numbers. */
  rows(): Hypercall[] {
    const rows = [...this.#small.filter((row) => row !== undefined), ...this.#large.values()];
    return rows.sort((a, b) => a.number - b.number);
  }

  /** Adds a row, or replaces the row with the same number. */
  install(row: Hypercall): void {
    if (row.number < SMALL_NUMBERS) this.#small[row.number] = row;
    else this.#large.set(row.number, row);
  }

  /** Removes a user's row; if Xen has a row with that number, it is restored. */
  uninstall(number: number): void {
    const own = this.#xenTable.get(number);
    if (own !== undefined) this.install(own);
    else if (number < SMALL_NUMBERS) this.#small[number] = undefined;
    else this.#large.delete(number);
  }

  #perform(call: Call, row: Hypercall | undefined): number | bigint {
    if (row !== undefined && (call.domain.type === 'pv' ? row.pv : row.hvm) === '-') return -errno.ENOSYS;
    if (row?.handler === undefined) {
      return row?.status.kind === 'unsupported' ? -errno[row.status.errno] : -errno.ENOSYS;
    }
    try {
      return row.handler(call);
    } catch (error) {
      this.hooks.handlerFailed.run(row, error);
      return -errno.EFAULT;
    }
  }
}

function schedulerName({ options }: CommandLine): SchedulerName {
  const name = options.get('sched') ?? 'credit2';
  return Object.hasOwn(schedulers, name) ? (name as SchedulerName) : 'credit2'; // hasOwn does not narrow
}
