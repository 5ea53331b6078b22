import { type Console, XENLOG_GUEST, XENLOG_WARNING } from '../../console/console.ts';
import { errno } from '../../errno.ts';
import type { Domain } from '../domain.ts';
import type { Vcpu } from '../vcpu.ts';
import {
  EVENT_VERSION,
  eventFields,
  eventFlags,
  eventReasons,
  type GuestEvent,
  makeEvent,
  type PageAccessEvent,
  pageAccessWords,
  setRegistersOf,
  viewAfterStep,
} from './event.ts';
import { EventRing, RING_ENTRIES } from './event-ring.ts';

/** HVM_PARAM_MONITOR_RING_PFN (hvm/params.h). */
const PARAM_RING = 28;

interface Listener {
  readonly ring: EventRing;
  /** The ring's page in the domain's memory. */
  readonly page: number;
  readonly port: number;
}

/** Which events of guest_request (HVMOP_guest_request_vm_event) are enabled. */
interface GuestRequests {
  enabled: boolean;
  /** The virtual CPU waits for the answer. */
  sync: boolean;
}

/** Which writes of a register are events. */
export interface RegisterWrites {
  /** The virtual CPU waits for the answer. */
  readonly sync: boolean;
  /** Only writes that change the value. */
  readonly onlyChanges: boolean;
  /** Bits whose change alone is no event. */
  readonly ignored: bigint;
}

/** What a monitor needs from the hypervisor. */
export interface MonitorTools {
  readonly console: Console;
  /** Whether the machine can single-step virtual CPUs. */
  readonly mayStep: boolean;
  pause(vcpu: Vcpu): void;
  unpause(vcpu: Vcpu): void;
  /** Called when the ring has room again, so that the domain can repeat what it could not do. */
  onRoom(domain: Domain): void;
}

/** The events of one domain for a listener in dom0, and which of them are enabled. Methods return 0, or -errno if Xen can refuse. */
export class Monitor {
  /** XEN_DOMCTL_MONITOR_EVENT_* that are enabled, a bit each. */
  events = 0;
  /** Control registers whose writes are events, by VM_EVENT_X86_*. */
  readonly controlRegisters = new Map<number, RegisterWrites>();
  /** Model-specific registers whose writes are events. */
  readonly msrs = new Map<number, RegisterWrites>();
  /** An answer can deny the write of a register (XEN_DOMCTL_MONITOR_OP_CONTROL_REGISTERS). */
  mayDeny = false;
  readonly guestRequests: GuestRequests = { enabled: false, sync: false };
  #listener: Listener | undefined;
  /** A virtual CPU could not access a page because the ring was full, and must try again. */
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

  /** Creates the ring in the page that HVM_PARAM_MONITOR_RING_PFN names. Returns the event channel's port, for `listener` to bind. */
  enable(listener: Domain): number {
    const domain = this.#domain;
    if (this.#listener !== undefined) return -errno.EBUSY;
    const frame = domain.isHvm ? Number(domain.hvmParameters.get(PARAM_RING) ?? 0n) : 0;
    if (frame === 0) return -errno.EOPNOTSUPP;
    const page = domain.memory.holdPage(frame);
    if (page === undefined) return -errno.EINVAL;
    const port = domain.eventChannels.allocUnbound(listener.id, () => void this.resume());
    if (port < 0) domain.memory.releasePage(page);
    else this.#listener = { ring: new EventRing(domain.memory, page), page, port };
    return port;
  }

  /** Ends monitoring and disables all events. A virtual CPU that waits for an answer keeps waiting, as on Xen. */
  disable(): number {
    const domain = this.#domain;
    const listener = this.#listener;
    if (listener === undefined) return -errno.EINVAL;
    this.#listener = undefined;
    domain.eventChannels.closeXen(listener.port);
    domain.memory.releasePage(listener.page);
    this.events = 0;
    this.mayDeny = false;
    this.controlRegisters.clear();
    this.msrs.clear();
    Object.assign(this.guestRequests, { enabled: false, sync: false });
    this.#retry();
    return 0;
  }

  /** Reads the answers in the ring, and resumes the virtual CPUs that waited for them. */
  resume(): number {
    if (this.#listener === undefined) return -errno.ENODEV;
    const { ring } = this.#listener;
    // A listener that keeps writing during the read must not block Xen.
    for (let count = 0; count < RING_ENTRIES; count += 1) {
      const answer = ring.take();
      if (answer === undefined) break;
      this.#answered(answer);
    }
    this.#retry();
    return 0;
  }

  /** The guest requests an event. False if there was no room for it. */
  guestRequest(vcpu: number): boolean {
    const { enabled, sync } = this.guestRequests;
    return !enabled || this.send(vcpu, { reason: eventReasons.guestRequest }, sync);
  }

  /** A virtual CPU violated the access rights of a page; with `sync` it waits for the answer. False if there was no room in the ring. */
  pageAccess(vcpu: number, sync: boolean, access: PageAccessEvent): boolean {
    const sent = this.send(vcpu, { reason: eventReasons.memAccess, words: pageAccessWords(access) }, sync);
    if (!sent) this.#queued = true;
    return sent;
  }

  #retry(): void {
    if (!this.#queued) return;
    this.#queued = false;
    if (this.#domain.runs) this.#tools.onRoom(this.#domain);
  }

  /** Sends an event; with `sync` the virtual CPU waits for the answer. False if there was no room: the domain must try again. */
  send(id: number, event: GuestEvent, sync: boolean): boolean {
    const listener = this.#listener;
    const domain = this.#domain;
    const vcpu = domain.vcpus[id];
    if (listener === undefined || vcpu === undefined) return true;
    if (listener.ring.free === 0) {
      this.#queued = true;
      return false;
    }
    const { views } = domain.memory.properties;
    const flags = (sync ? eventFlags.vcpuPaused : 0) | (views === undefined ? 0 : eventFlags.alternateView);
    if (!listener.ring.put(makeEvent(domain, id, event, flags))) return false;
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
    const flags = eventFields.flags.get(answer);
    if (this.#tools.mayStep) toggleSteps(vcpu, flags, answer);
    if ((flags & eventFlags.alternateView) !== 0)
      this.#domain.memory.properties.views?.use(vcpu.id, eventFields.view.get(answer));
    if ((flags & eventFlags.setRegisters) !== 0) setRegistersOf(this.#domain, vcpu.id, answer);
    vcpu.eventAnswer = flags;
    if ((flags & eventFlags.vcpuPaused) === 0) return;
    vcpu.eventPauseCount -= 1;
    this.#tools.unpause(vcpu);
  }
}

/** Single steps with an event after each; or one step without an event, after which the virtual CPU returns to a view. */
function toggleSteps(vcpu: Vcpu, flags: number, answer: DataView): void {
  if ((flags & eventFlags.toggleSingleStep) !== 0) vcpu.singleStep = !vcpu.singleStep;
  else if ((flags & eventFlags.fastSingleStep) !== 0) vcpu.stepThenView = viewAfterStep(answer);
}
