import type { Hypervisor } from '../hypervisor.ts';
import { E820_ACPI, E820_RAM, E820_RESERVED } from '../memory/e820.ts';
import { PAGE_SIZE } from '../memory/heap.ts';
import type { CpuPool } from './cpupool.ts';
import { bindVcpuChannels } from './dom0-kernel.ts';
import type { Domain, GuestType } from './domain.ts';
import { addDomain, createVcpus, shutdownDomain } from './lifecycle.ts';

/** XEN_DOMCTL_CDF_hvm and _hap. */
const CDF_HVM_HAP = 3;
const EMU_LAPIC = 1;
/** All emulators but the one of virtual PCI. */
const EMU_HVM = 0x3ff;
/** Pages above its memory that libxl lets a domain have: 1 MiB. */
const SLACK_PAGES = 256;
/** IPIs that a Linux guest binds for each virtual CPU, as recorded: PVH needs none for spinlocks. */
const IPIS: Record<GuestType, number> = { pv: 4, pvh: 3, hvm: 0 };
/** A PVH guest's rings and special pages, below the firmware's at 4 GiB. */
const PVH_SPECIAL_GFN = 0xfeff0;
const PVH_SPECIAL_PAGES = 16;
/** Where libxc puts the rings of paging, monitor and sharing events. */
const EVENT_RINGS_GFN = 0xfeff8;
/** Where libxc puts the rings of xenstore and of the console. */
const XENSTORE_GFN = 0xfeffc;
const CONSOLE_GFN = 0xfefff;
/** What libxl puts into a PVH guest's memory map besides RAM: the special pages and ACPI's tables. */
const PVH_MAP = [
  { address: 0xfeff8000, size: 0x8000, type: E820_RESERVED },
  { address: 0xfc008000, size: 0x40, type: E820_ACPI },
  { address: 0xfc000000, size: 0x1000, type: E820_ACPI },
  { address: 0xfc001000, size: 0x7000, type: E820_ACPI },
];

export interface GuestOptions {
  /** Absent: Xen chooses. */
  readonly id?: number;
  readonly type?: GuestType;
  /** Pages of 4096 bytes. */
  readonly pages: number;
  /** Where a translated guest has them; absent: from frame 0 on. */
  readonly ram?: readonly { readonly start: number; readonly pages: number }[];
  /** What it may have; absent: 1 MiB more. */
  readonly maxPages?: number;
  readonly vcpus?: number;
  /** Virtual CPUs that are up; absent: all. */
  readonly onlineVcpus?: number;
  /** Share of its time that each virtual CPU runs, 0 to 1. */
  readonly load?: number;
  /** Time that it ran before now, all virtual CPUs together, nanoseconds. */
  readonly cpuTime?: number;
  /** The UUID's 16 bytes. */
  readonly handle?: Uint8Array;
  readonly pool?: CpuPool;
  readonly weight?: number;
  readonly cap?: number;
  readonly paused?: boolean;
  /** It was shut down for this reason (SHUTDOWN_*). */
  readonly shutdown?: number;
  /** Dom0 has already bound its xenstore and console channels; absent: they wait for dom0's daemons. */
  readonly connected?: boolean;
}

/**
 * Creates a guest in the state some time after its boot: memory populated, virtual CPUs online, running. The result is the same as after
 * createdomain and the toolstack's further calls. Throws RangeError if the machine lacks the memory, the id or the CPUs.
 */
export function bootGuest(hypervisor: Hypervisor, options: GuestOptions): Domain {
  const { domains, pools, memory } = hypervisor;
  const type = options.type ?? 'pv';
  const free = memory.heap.freePages;
  if (options.pages > free) {
    throw new RangeError(
      `a guest of ${mib(options.pages)} MiB does not fit: ${mib(free)} MiB are free. Give the machine more memory.`,
    );
  }
  if (options.id !== undefined && domains.has(options.id))
    throw new RangeError(`there is a domain ${options.id} already`);
  const id = options.id ?? domains.allocate();
  if (id === undefined) throw new RangeError('all domain ids are taken');
  const domain = addDomain(hypervisor, { id, type, pool: options.pool ?? pools.first });
  if (domain.isHvm) {
    domain.createFlags = CDF_HVM_HAP;
    domain.emulationFlags = type === 'pvh' ? EMU_LAPIC : EMU_HVM;
  }
  if (options.handle !== undefined) domain.handle = options.handle.slice(0, 16);
  domain.maxPages = options.maxPages ?? options.pages + SLACK_PAGES;
  const ram = options.ram ?? [{ start: 0, pages: options.pages }];
  populate(domain, ram);
  if (type === 'pvh' && options.connected === true) domain.memory.populate(PVH_SPECIAL_GFN, PVH_SPECIAL_PAGES);
  const map = ram.map(({ start, pages }) => ({ address: start * PAGE_SIZE, size: pages * PAGE_SIZE, type: E820_RAM }));
  domain.memory.map = type === 'pvh' ? [...map, ...PVH_MAP] : map;
  domain.weight = options.weight ?? domain.weight;
  domain.cap = options.cap ?? domain.cap;
  createVcpus(hypervisor, domain, options.vcpus ?? 1);
  const now = hypervisor.now();
  const online = options.onlineVcpus ?? domain.vcpus.length;
  for (const vcpu of domain.vcpus) {
    if (vcpu.id >= online) continue;
    vcpu.down = false;
    vcpu.initialised = true;
    vcpu.setLoad(options.load ?? 0, now);
    if (vcpu.load > 0) vcpu.balance(domain.pool?.cpus ?? [], now);
    vcpu.addCpuTime((options.cpuTime ?? 0) / online);
  }
  bindChannels(hypervisor, domain, options.connected ?? false);
  if (domain.isHvm) setRingParameters(domain);
  if (type === 'pvh' && options.connected === true) {
    // HVM_PARAM_STORE_PFN and HVM_PARAM_CONSOLE_PFN.
    domain.hvmParameters.set(1, BigInt(XENSTORE_GFN));
    domain.hvmParameters.set(17, BigInt(CONSOLE_GFN));
  }
  domain.creationFinished = true;
  domain.controllerPauseCount = options.paused === true ? 1 : 0;
  if (options.shutdown !== undefined) shutdownDomain(hypervisor, domain, options.shutdown);
  return domain;
}

function populate({ memory, isHvm }: Domain, ram: NonNullable<GuestOptions['ram']>): void {
  for (const [index, { start, pages }] of ram.entries()) {
    if (index === 0 && start === 0) memory.populateAtBoot(pages);
    else memory.populate(start, pages);
  }
  if (!isHvm) memory.maximumPfn = memory.totalPages;
}

/** The rings' channels, which the toolstack allocates, and what a Linux kernel binds at its start. */
function bindChannels(hypervisor: Hypervisor, domain: Domain, connected: boolean): void {
  const { eventChannels } = domain;
  for (const port of [eventChannels.allocUnbound(0), eventChannels.allocUnbound(0)]) {
    if (connected) hypervisor.domains.get(0)?.eventChannels.bindInterdomain(domain, port);
  }
  if (domain.type !== 'hvm') bindVcpuChannels(domain, IPIS[domain.type]);
}

/**
 * The ports of the rings (HVM_PARAM_STORE_EVTCHN and HVM_PARAM_CONSOLE_EVTCHN), and where rings of events would lie
 * (HVM_PARAM_PAGING_RING_PFN, MONITOR, SHARING).
 */
function setRingParameters(domain: Domain): void {
  const parameters = { 2: 1, 18: 2, 27: EVENT_RINGS_GFN, 28: EVENT_RINGS_GFN + 1, 29: EVENT_RINGS_GFN + 2 };
  for (const [index, value] of Object.entries(parameters)) domain.hvmParameters.set(Number(index), BigInt(value));
}

const mib = (pages: number): number => Math.floor((pages * PAGE_SIZE) / 2 ** 20);
