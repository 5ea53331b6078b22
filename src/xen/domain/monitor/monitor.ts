import { type Console, XENLOG_GUEST, XENLOG_WARNING } from '../../console/console.ts';
import { errno } from '../../errno.ts';
import type { Domain } from '../domain.ts';
import type { Vcpu } from '../vcpu.ts';
import { EVENT_VERSION, eventFields, eventFlags, eventReasons, makeEvent, type PageAccessEvent } from './event.ts';
import { EventRing, RING_ENTRIES } from './event-ring.ts';

/** HVM_PARAM_MONITOR_RING_PFN (hvm/params.h). */
const PARAM_RING = 28;

interface Listener {
  readonly ring: EventRing;
  /** The ring's page in the domain's memory. */
  readonly page: number;
  readonly port: number;
}

/** What of guest_request (HVMOP_guest_request_vm_event) is wanted. */
interface GuestRequests {
  enabled: boolean;
  /** The virtual CPU waits for the answer. */
  sync: boolean;
}

/** What a monitor needs of the hypervisor. */
export interface MonitorTools {
  readonly console: Console;
  pause(vcpu: Vcpu): void;
  unpause(vcpu: Vcpu): void;
  /** The domain may try again what it could not do for want of room in the ring. */
  goOn(domain: Domain): void;
}

/** What a program in dom0 hears of one domain, and what it wants to hear. Methods return 0, or -errno where Xen can refuse. */
export class Monitor {
  /** XEN_DOMCTL_MONITOR_EVENT_* that are enabled, a bit each. */
  events = 0;
  /** Control registers of which writes are wanted, a bit each. */
  controlRegisters = 0;
  /** Machine specific registers of which writes are wanted. */
  readonly msrs = new Set<number>();
  readonly guestRequests: GuestRequests = { enabled: false, sync: false };
  #listener: Listener | undefined;
  /** A virtual CPU could not access a page for want of room in the ring, and has to try again. */
  #queued = false;
  readonly #tools: MonitorTools;
  readonly #domain: Domain;

  constructor(tools: MonitorTools, domain: Domain) {
    this.#tools = tools;
    this.#domain = domain;
  }

  get enabled(): boolean {
    return this.#listener !== undefined;
  }

  /** Makes the ring in the page that HVM_PARAM_MONITOR_RING_PFN names. The event channel's port, for `listener` to bind. */
  enable(listener: Domain): number {
    const domain = this.#domain;
    if (this.#listener !== undefined) return -errno.EBUSY;
    const frame = domain.isHvm ? Number(domain.hvmParameters.get(PARAM_RING) ?? 0n) : 0;
    if (frame === 0) return -errno.EOPNOTSUPP;
    const page = domain.memory.holdPage(frame);
    if (page === undefined) return -errno.EINVAL;
    const port = domain.eventChannels.allocUnbound(listener.id, () => void this.resume());
    if (port < 0) domain.memory.letPageGo(page);
    else this.#listener = { ring: new EventRing(domain.memory, page), page, port };
    return port;
  }

  /** Ends it, and forgets what was wanted. A virtual CPU that waits for an answer goes on waiting, as on Xen. */
  disable(): number {
    const domain = this.#domain;
    const listener = this.#listener;
    if (listener === undefined) return -errno.EINVAL;
    this.#listener = undefined;
    domain.eventChannels.closeXen(listener.port);
    domain.memory.letPageGo(listener.page);
    this.events = 0;
    this.controlRegisters = 0;
    this.msrs.clear();
    Object.assign(this.guestRequests, { enabled: false, sync: false });
    this.#goOn();
    return 0;
  }

  /** Reads the answers in the ring: virtual CPUs that wait for one go on. */
  resume(): number {
    if (this.#listener === undefined) return -errno.ENODEV;
    const { ring } = this.#listener;
    // A listener that goes on writing while it is read must not hold Xen up.
    for (let count = 0; count < RING_ENTRIES; count += 1) {
      const answer = ring.take();
      if (answer === undefined) break;
      this.#answered(answer);
    }
    this.#goOn();
    return 0;
  }

  /** The guest asks to be noticed. False: its event found no room. */
  guestRequest(vcpu: number): boolean {
    const { enabled, sync } = this.guestRequests;
    return !enabled || this.#tell(vcpu, eventReasons.guestRequest, sync);
  }

  /** A virtual CPU accessed a page as it may not; with `sync` it waits for the answer. False: there was no room in the ring. */
  pageAccess(vcpu: number, sync: boolean, access: PageAccessEvent): boolean {
    const told = this.#tell(vcpu, eventReasons.memAccess, sync, access);
    if (!told) this.#queued = true;
    return told;
  }

  #goOn(): void {
    if (!this.#queued) return;
    this.#queued = false;
    if (this.#domain.runs) this.#tools.goOn(this.#domain);
  }

  #tell(id: number, reason: number, sync: boolean, page?: PageAccessEvent): boolean {
    const listener = this.#listener;
    const domain = this.#domain;
    const vcpu = domain.vcpus[id];
    if (listener === undefined || vcpu === undefined) return true;
    if (listener.ring.free === 0) return false;
    const flags = sync ? eventFlags.vcpuPaused : 0;
    if (!listener.ring.put(makeEvent(domain, id, reason, flags, page))) return false;
    if (sync) {
      vcpu.eventPauseCount += 1;
      this.#tools.pause(vcpu);
    }
    domain.eventChannels.sendFromXen(listener.port);
    return true;
  }

  #answered(answer: DataView): void {
    const { console } = this.#tools;
    if (eventFields.version.get(answer) !== EVENT_VERSION) {
      console.printk(`${XENLOG_GUEST}${XENLOG_WARNING}vm_event interface version mismatch\n`);
      return;
    }
    const vcpu = this.#domain.vcpus[eventFields.vcpu.get(answer)];
    if (vcpu === undefined || vcpu.eventPauseCount === 0) return;
    if ((eventFields.flags.get(answer) & eventFlags.vcpuPaused) === 0) return;
    vcpu.eventPauseCount -= 1;
    this.#tools.unpause(vcpu);
  }
}
