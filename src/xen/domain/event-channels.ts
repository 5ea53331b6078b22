import { errno } from '../errno.ts';
import type { Domain } from './domain.ts';
import { DOMID_SELF } from './domain.ts';
import { FIFO_PORTS, FifoControl } from './fifo-control.ts';
import { pirqsOf } from './pirqs-of.ts';
import { isGlobalVirq, NR_VIRQS } from './virq.ts';

/** EVTCHNSTAT_* (event_channel.h). */
export const channelStates = { closed: 0, unbound: 1, interdomain: 2, pirq: 3, virq: 4, ipi: 5 } as const;
type State = keyof typeof channelStates;

/** Ports are allocated in groups: ports of a later group are invalid, not closed. */
const PORTS_PER_BUCKET = 64;
/** Ports of the two-level interface: 64 words of 64 bits. */
const TWO_LEVEL_PORTS = 4096;
const FIFO_LOWEST_PRIORITY = 15;
const FIFO_DEFAULT_PRIORITY = 7;
/** A port in use. */
export interface Channel {
  state: State;
  /** The virtual CPU that is notified. */
  vcpu: number;
  /** unbound and interdomain: the other domain. */
  remote: Domain | undefined;
  remoteId: number;
  /** interdomain: the other domain's port. */
  remotePort: number;
  /** pirq and virq: its number. */
  source: number;
  priority: number;
  /** Xen's own end, as for an ioreq server, which the guest can neither close nor send through. Called when an event is sent to it. */
  xenConsumer: (() => void) | undefined;
}

/**
 * A domain's event channels. Methods that Xen can refuse return -errno; a port is greater than 0. Port 0 exists and is never allocated.
 */
export class EventChannels {
  #handler: ((port: number) => void) | undefined;
  /** Until it is in use, the two-level interface is. */
  readonly fifo = new FifoControl();
  readonly #domain: Domain;
  readonly #channels = new Map<number, Channel>();
  readonly #pending = new Set<number>();
  readonly #masked = new Set<number>();
  /** All ports below this one are in use. */
  #lowestFree = 1;
  #validPorts = PORTS_PER_BUCKET;

  constructor(domain: Domain) {
    this.#domain = domain;
  }

  /** The domain's event handler, of which a kernel has one: called with each port that becomes pending while it is not masked. */
  serve(handler: (port: number) => void): void {
    this.#handler = handler;
  }

  get(port: number): Channel | undefined {
    return this.#channels.get(port);
  }

  isValid(port: number): boolean {
    return port < this.#validPorts;
  }

  /** Ports in use, ascending. */
  ports(): number[] {
    return [...this.#channels.keys()].sort((a, b) => a - b);
  }

  /** Waits for `remoteId` to bind to the port that it returns. */
  allocUnbound(remoteId: number, xenConsumer?: () => void): number {
    const port = this.#open('unbound', 0);
    const channel = this.#channels.get(port);
    if (channel === undefined) return port;
    channel.remoteId = remoteId;
    channel.xenConsumer = xenConsumer;
    return port;
  }

  /** Binds a new local port to the unbound port that `remote` allocated for this domain. The new port is pending immediately. */
  bindInterdomain(remote: Domain, remotePort: number): number {
    const other = remote.eventChannels.#channels.get(remotePort);
    const port = this.#open('interdomain', 0);
    const channel = this.#channels.get(port);
    if (channel === undefined) return port;
    if (other === undefined || other === channel || other.state !== 'unbound' || other.remoteId !== this.#domain.id) {
      this.#free(port);
      return -errno.EINVAL;
    }
    Object.assign(channel, { remote, remoteId: remote.id, remotePort });
    Object.assign(other, { state: 'interdomain', remote: this.#domain, remotePort: port });
    this.setPending(port);
    return port;
  }

  bindVirq(virq: number, vcpu: number): number {
    if (virq >= NR_VIRQS || (isGlobalVirq(virq) && vcpu !== 0)) return -errno.EINVAL;
    if (!this.hasVcpu(vcpu)) return -errno.ENOENT;
    if (this.#virqPort(virq, vcpu) !== undefined) return -errno.EEXIST;
    const port = this.#open('virq', vcpu);
    const channel = this.#channels.get(port);
    if (channel !== undefined) channel.source = virq;
    return port;
  }

  bindIpi(vcpu: number): number {
    return this.hasVcpu(vcpu) ? this.#open('ipi', vcpu) : -errno.ENOENT;
  }

  bindPirq(pirq: number): number {
    if (pirq >= pirqsOf(this.#domain)) return -errno.EINVAL;
    // Only a privileged domain has interrupts of the machine; those of an HVM guest are lines of its emulated devices.
    if (!this.#domain.privileged && !this.#domain.isHvm) return -errno.EPERM;
    for (const channel of this.#channels.values()) {
      if (channel.state === 'pirq' && channel.source === pirq) return -errno.EEXIST;
    }
    const port = this.#open('pirq', 0);
    const channel = this.#channels.get(port);
    if (channel !== undefined) channel.source = pirq;
    return port;
  }

  close(port: number): number {
    const channel = this.#channels.get(port);
    if (channel === undefined || channel.xenConsumer !== undefined) return -errno.EINVAL;
    this.#drop(port, channel);
    return 0;
  }

  /** Closes Xen's own end. */
  closeXen(port: number): void {
    const channel = this.#channels.get(port);
    if (channel?.xenConsumer !== undefined) this.#drop(port, channel);
  }

  /** Xen sends an event through its own end of the channel; the event is lost while that end is not bound. */
  sendFromXen(port: number): void {
    const channel = this.#channels.get(port);
    if (channel?.state === 'interdomain') EventChannels.#notifyRemote(channel);
  }

  send(port: number): number {
    const channel = this.#channels.get(port);
    if (channel === undefined || channel.xenConsumer !== undefined) return -errno.EINVAL;
    switch (channel.state) {
      case 'interdomain':
        EventChannels.#notifyRemote(channel);
        return 0;
      case 'ipi':
        this.setPending(port);
        return 0;
      case 'unbound':
        return 0;
      default:
        return -errno.EINVAL;
    }
  }

  bindVcpu(port: number, vcpu: number): number {
    if (!this.hasVcpu(vcpu)) return -errno.ENOENT;
    const channel = this.#channels.get(port);
    if (channel === undefined || channel.xenConsumer !== undefined) return -errno.EINVAL;
    if (channel.state === 'ipi' || (channel.state === 'virq' && !isGlobalVirq(channel.source))) return -errno.EINVAL;
    channel.vcpu = vcpu;
    return 0;
  }

  mask(port: number): void {
    this.#masked.add(port);
  }

  /** Unmasks a port. An event that arrived while it was masked is delivered immediately. */
  unmask(port: number): number {
    if (!this.isValid(port)) return -errno.EINVAL;
    if (this.#masked.delete(port) && this.#pending.has(port)) this.#handler?.(port);
    return 0;
  }

  isPending(port: number): boolean {
    return this.#pending.has(port);
  }

  /** The domain has seen the event: the next event notifies it again. */
  clearPending(port: number): void {
    this.#pending.delete(port);
  }

  /** An event for a port, unless one is pending there already. */
  setPending(port: number): void {
    if (this.#pending.has(port)) return;
    this.#pending.add(port);
    if (!this.#masked.has(port)) this.#handler?.(port);
  }

  isVirqBound(virq: number, vcpu: number): boolean {
    return this.#virqPort(virq, vcpu) !== undefined;
  }

  /** A virtual interrupt of one of its virtual CPUs; lost if nothing is bound to it. */
  raiseVirq(virq: number, vcpu: number): void {
    const port = this.#virqPort(virq, vcpu);
    if (port !== undefined) this.setPending(port);
  }

  /** Closes everything except Xen's own ends, and returns to the two-level interface. */
  reset(): void {
    for (const [port, channel] of this.#channels) if (channel.xenConsumer === undefined) this.#drop(port, channel);
    this.#masked.clear();
    this.fifo.reset();
  }

  /** The domain is gone. */
  release(): void {
    for (const [port, channel] of this.#channels) this.#drop(port, channel);
    this.#handler = undefined;
  }

  setPriority(port: number, priority: number): number {
    if (!this.isValid(port)) return -errno.EINVAL;
    if (!this.fifo.inUse) return -errno.ENOSYS;
    if (port === 0) return -errno.EACCES; // reserved, whatever the priority
    if (priority > FIFO_LOWEST_PRIORITY) return -errno.EINVAL;
    const channel = this.#channels.get(port);
    if (channel !== undefined) channel.priority = priority;
    return 0;
  }

  hasVcpu(vcpu: number): boolean {
    return vcpu < this.#domain.vcpus.length;
  }

  /** An event for the other end of an interdomain channel. */
  static #notifyRemote({ remote, remotePort }: Channel): void {
    if (remote !== undefined) remote.eventChannels.#receive(remotePort);
  }

  #receive(port: number): void {
    const consumer = this.#channels.get(port)?.xenConsumer;
    if (consumer !== undefined) consumer();
    else this.setPending(port);
  }

  #virqPort(virq: number, vcpu: number): number | undefined {
    for (const [port, channel] of this.#channels) {
      if (channel.state !== 'virq' || channel.source !== virq) continue;
      if (isGlobalVirq(virq) || channel.vcpu === vcpu) return port;
    }
    return undefined;
  }

  /** Takes the lowest free port; -ENOSPC if the domain may have no more. */
  #open(state: State, vcpu: number): number {
    let port = this.#lowestFree;
    while (this.#channels.has(port)) port += 1;
    const limit = this.fifo.inUse ? FIFO_PORTS : TWO_LEVEL_PORTS;
    if (port >= limit || port > this.#domain.maxEventChannelPort) return -errno.ENOSPC;
    this.#lowestFree = port + 1;
    while (port >= this.#validPorts) this.#validPorts += PORTS_PER_BUCKET;
    this.#channels.set(port, {
      state,
      vcpu,
      remote: undefined,
      remoteId: DOMID_SELF,
      remotePort: 0,
      source: 0,
      priority: FIFO_DEFAULT_PRIORITY,
      xenConsumer: undefined,
    });
    return port;
  }

  /** Closes a port; the other end, if there is one, waits again for this domain. */
  #drop(port: number, channel: Channel): void {
    const other =
      channel.remote === undefined ? undefined : channel.remote.eventChannels.#channels.get(channel.remotePort);
    if (channel.state === 'interdomain' && other !== undefined && other !== channel) {
      Object.assign(other, { state: 'unbound', remote: undefined, remoteId: this.#domain.id, remotePort: 0 });
    }
    this.#free(port);
  }

  #free(port: number): void {
    this.#channels.delete(port);
    this.#pending.delete(port);
    this.#lowestFree = Math.min(this.#lowestFree, port);
  }
}
