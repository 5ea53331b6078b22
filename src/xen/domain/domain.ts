import type { DomainMemory } from '../memory/domain-memory.ts';
import type { CpuPool } from './cpupool.ts';
import type { DeviceModel } from './device-model.ts';
import type { EventChannels } from './event-channels.ts';
import type { GrantTable } from './grant-tables.ts';
import type { Monitor } from './monitor/monitor.ts';
import type { Pirqs } from './pirqs.ts';
import type { Vcpu } from './vcpu.ts';

/** Public domain ids with a meaning of their own (xen.h). */
export const DOMID_FIRST_RESERVED = 0x7ff0;
export const DOMID_SELF = 0x7ff0;
export const DOMID_IO = 0x7ff1;
export const DOMID_XEN = 0x7ff2;
export const DOMID_INVALID = 0x7ff4;
/** createdomain chooses an id (4.22). */
export const DOMID_ANY = 0x7ff5;
export const DOMID_IDLE = 0x7fff;

/** `shutdownCode` of a domain that was never shut down; getdomaininfo shows its low 16 bits. */
export const SHUTDOWN_CODE_INVALID = 0xffffffff;
/** SHUTDOWN_* (sched.h). */
export const shutdownReasons = { poweroff: 0, reboot: 1, suspend: 2, crash: 3, watchdog: 4, softReset: 5 } as const;

export type GuestType = 'pv' | 'pvh' | 'hvm';

const NO_HANDLE = new Uint8Array(16);
/** Is notified when a domain's record (getdomaininfo) changes, and when the domain is gone: domain-records.ts. */
export interface RecordKeeper {
  changed(domain: Domain): void;
  forget(domain: Domain): void;
}

/** How the tools want the domain's guest clock (settscinfo). */
export interface TscInfo {
  mode: number;
  khz: number;
  incarnation: number;
  elapsedNs: number;
  /** The machine's clock when this was set. */
  since: number;
}

/** Virtual NUMA nodes, as setvnumainfo took them: struct xen_vmemrange's bytes, and words. */
export interface VirtualNuma extends Readonly<Record<'distances' | 'vcpuToNode' | 'machineNodes', Uint32Array>> {
  readonly ranges: Uint8Array;
}

/**
 * A domain of the model. Plain state: changes that affect other objects too are in lifecycle.ts. Parts that few domains have are undefined
 * until they are used, so that ten thousand domains stay small.
 */
export class Domain {
  readonly id: number;
  readonly type: GuestType;
  /** May issue sysctl, domctl and the like: dom0. */
  readonly privileged: boolean;
  /** Keeps its record, once a caller has requested a list of domains. @internal */
  records: RecordKeeper | undefined;
  /** Its record must be encoded again. */
  recordIsStale = false;
  #handle: Uint8Array = NO_HANDLE;
  #createFlags: number = 0;
  #emulationFlags: number = 0;
  #vcpus: readonly Vcpu[] = [];
  #pool: CpuPool | undefined = undefined;
  #controllerPauseCount: number = 0;
  #dying: 'no' | 'dying' | 'dead' = 'no';
  #shutDown: boolean = false;
  #shutdownCode: number = SHUTDOWN_CODE_INVALID;
  #debuggerAttached: boolean = false;

  /** How many virtual CPUs it may have; `vcpus` is empty until max_vcpus makes them. */
  maxVcpus = 0;
  /** Scheduler parameters, by the name of the pool's scheduler. */
  weight = 256;
  cap = 0;
  /** Mask of NUMA nodes; undefined: automatic. */
  nodeAffinity: Uint8Array | undefined;

  /** Was unpaused once: some settings are then fixed. */
  creationFinished = false;
  /** SCHEDOP_watchdog's timers, a bit each. */
  watchdogs = 0;

  /** Its memory, event channels and grants: resources.ts makes them with the domain. */
  memory!: DomainMemory;
  eventChannels!: EventChannels;
  grants!: GrantTable;
  /** The machine's interrupts that it has numbers for; undefined: none. @internal */
  pirqs: Pirqs | undefined;
  readonly sharedPages = 0;
  readonly pagedPages = 0;
  /** Bytes for shadow or HAP page tables. */
  pagingMempool = 0;
  /** Pages of it that were taken from the machine's free memory; negative if the first ones were released. */
  pooledPages = 0;

  /** Limits of createdomain. */
  maxEventChannelPort = 0x7fffffff;
  maxGrantFrames = 64;
  maxMaptrackFrames = 1024;
  maxGrantVersion = 2;

  /** Word size of a PV guest's kernel. */
  addressSize: 32 | 64 = 64;
  /** Bits of the machine addresses that it may have (releases before 4.13); 0: no limit. */
  machineAddressSize = 0;
  /** The domain's number since the machine started. Unlike an id, it is never reused. */
  serial = 0;
  timeOffsetSeconds = 0;
  tsc: TscInfo | undefined;
  /** Domain whose device model it is (set_target). */
  target: Domain | undefined;
  /** Event channel port to signal at suspend (subscribe). */
  suspendPort: number | undefined;
  #hvmParameters: Map<number, bigint> | undefined;
  /** The state that sethvmcontext set. */
  hvmContext: Uint8Array | undefined;
  /** The serialised entries that set_cpu_policy set. */
  cpuPolicy: { readonly leaves: Uint8Array; readonly msrs: Uint8Array } | undefined;
  vnuma: VirtualNuma | undefined;
  /** The listener for its events (vm_event_op). @internal */
  monitor: Monitor | undefined;
  /** Changes by device models (dm_op). @internal */
  deviceModel: DeviceModel | undefined;
  /** Frames that set_broken_page_p2m marked as broken: they no longer count as RAM. */
  brokenFrames: Set<number> | undefined;
  /** Whether a simulated kernel handles its events: Fauxen's drivers for programs, or a script. */
  hasKernel = false;
  /** Applies the guest's writes to its memory until now. Called before others read the memory, and before the guest stops or resumes. */
  catchUp: (() => void) | undefined;
  /** Writes what the domain's builder and kernel left in its memory and registers. Called at the first access to either. */
  writeState: (() => void) | undefined;
  /** Mapped grants, and other domains' targets, that keep a dead domain from being freed: it stays a zombie until there are none. */
  references = 0;

  constructor(id: number, type: GuestType, privileged: boolean) {
    this.id = id;
    this.type = type;
    this.privileged = privileged;
  }

  /** Must be called before its memory or registers are shown to others. */
  look(): void {
    const write = this.writeState;
    this.writeState = undefined;
    write?.();
    this.catchUp?.();
  }

  /** Must be called after a change of something that getdomaininfo shows. */
  recordChanged(): void {
    if (this.recordIsStale || this.records === undefined) return;
    this.recordIsStale = true;
    this.records.changed(this);
  }

  // The values that getdomaininfo shows.
  /** The tools' UUID. */
  get handle(): Uint8Array {
    return this.#handle;
  }

  set handle(value: Uint8Array) {
    this.#handle = value;
    this.recordChanged();
  }

  /** XEN_DOMCTL_CDF_*, as created. */
  get createFlags(): number {
    return this.#createFlags;
  }

  set createFlags(value: number) {
    this.#createFlags = value;
    this.recordChanged();
  }

  get emulationFlags(): number {
    return this.#emulationFlags;
  }

  set emulationFlags(value: number) {
    this.#emulationFlags = value;
    this.recordChanged();
  }

  get vcpus(): readonly Vcpu[] {
    return this.#vcpus;
  }

  set vcpus(value: readonly Vcpu[]) {
    this.#vcpus = value;
    this.recordChanged();
  }

  addVcpu(vcpu: Vcpu): void {
    this.vcpus = [...this.#vcpus, vcpu];
  }

  get pool(): CpuPool | undefined {
    return this.#pool;
  }

  set pool(value: CpuPool | undefined) {
    this.#pool = value;
    this.recordChanged();
  }

  /** Pauses that the tools hold (pausedomain). */
  get controllerPauseCount(): number {
    return this.#controllerPauseCount;
  }

  set controllerPauseCount(value: number) {
    this.#controllerPauseCount = value;
    this.recordChanged();
  }

  get dying(): 'no' | 'dying' | 'dead' {
    return this.#dying;
  }

  set dying(value: 'no' | 'dying' | 'dead') {
    this.#dying = value;
    this.recordChanged();
  }

  get shutDown(): boolean {
    return this.#shutDown;
  }

  set shutDown(value: boolean) {
    this.#shutDown = value;
    this.recordChanged();
  }

  get shutdownCode(): number {
    return this.#shutdownCode;
  }

  set shutdownCode(value: number) {
    this.#shutdownCode = value;
    this.recordChanged();
  }

  get debuggerAttached(): boolean {
    return this.#debuggerAttached;
  }

  set debuggerAttached(value: boolean) {
    this.#debuggerAttached = value;
    this.recordChanged();
  }

  get totPages(): number {
    return this.memory.totalPages;
  }

  get maxPages(): number {
    return this.memory.maxPages;
  }

  set maxPages(pages: number) {
    this.memory.maxPages = pages;
  }

  get outstandingPages(): number {
    return this.memory.claimed.outstanding;
  }

  /** The UUID as text, as tools write it. */
  get uuid(): string {
    const digits = Array.from(this.handle, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }

  /** Machine frame of its shared_info. */
  get sharedInfoFrame(): number {
    return this.memory.sharedInfo;
  }

  /** HVM_PARAM_* by index; one that was never set reads as 0. */
  get hvmParameters(): Map<number, bigint> {
    this.#hvmParameters ??= new Map();
    return this.#hvmParameters;
  }

  get isHvm(): boolean {
    return this.type !== 'pv';
  }

  /** Whether its virtual CPUs may run: it is not paused or shut down as a whole. */
  get runs(): boolean {
    return this.controllerPauseCount === 0 && !this.shutDown && this.dying === 'no';
  }
}
