import { constants } from 'node:fs';
import type { Ptracer } from '../caller/ptracer.ts';
import type { FileRequest } from '../fuse/file-request.ts';
import type { FileNode, OpenFile } from '../fuse/node.ts';
import { DOMID_FIRST_RESERVED, type Domain } from '../xen/domain/domain.ts';
import { errno } from '../xen/errno.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import { PAGE_SIZE } from '../xen/memory/heap.ts';
import type { Owner } from './dmesg.ts';
import { fitsFuse, replyExactly } from './exact-reply.ts';
import type { CallerBytes } from './privcmd/privcmd.ts';
import { Waiting } from './waiting.ts';

const { S_IFREG } = constants;

const O_NONBLOCK = 0o4000;
const POLLIN = 0x001;
const POLLOUT = 0x004;
const POLLERR = 0x008;
const POLLRDNORM = 0x040;
const POLLWRNORM = 0x100;

// Source: libxen-dev's <xen/sys/evtchn.h>.
const IOCTL_EVTCHN_BIND_VIRQ = 0x00044500;
const IOCTL_EVTCHN_BIND_INTERDOMAIN = 0x00084501;
const IOCTL_EVTCHN_BIND_UNBOUND_PORT = 0x00044502;
const IOCTL_EVTCHN_UNBIND = 0x00044503;
const IOCTL_EVTCHN_NOTIFY = 0x00044504;
const IOCTL_EVTCHN_RESET = 0x00004505;
const IOCTL_EVTCHN_RESTRICT_DOMID = 0x00024506;

/** Most ports: the FIFO interface's limit. */
const MAX_PORTS = 2 ** 17;

export interface EvtchnOptions {
  hypervisor: Hypervisor;
  /** The domain whose kernel this driver belongs to. */
  domain: Domain;
  memory(tid: number): CallerBytes;
  /** Wakes pollers: the session's notifyPoll. */
  ptracer: Ptracer;
  notifyPoll(handle: bigint): void;
  note(text: string): void;
  owner: Owner;
}

/** Linux's /dev/xen/evtchn: each open file owns the ports that it bound. Reading returns the numbers of ports with an event. */
export class EvtchnDriver {
  readonly options: EvtchnOptions;
  readonly files = new Set<EvtchnFile>();
  readonly #owners = new Map<number, EvtchnFile>();
  /** How often each port is held. */
  readonly #holds = new Map<number, number>();

  constructor(options: EvtchnOptions) {
    this.options = options;
    options.domain.eventChannels.serve((port) => this.#owners.get(port)?.deliver(port));
    options.hypervisor.hooks.domainTornDown.add((domain) => {
      if (domain === options.domain) for (const file of this.files) file.hangUp();
    });
  }

  node(): FileNode {
    const { owner } = this.options;
    return {
      kind: 'file',
      attributes: () => ({ mode: S_IFREG | 0o600, size: 0, ...owner }),
      open: (request) =>
        request.uid === 0 || request.uid === owner.uid ? new EvtchnFile(this, this.options) : -errno.EACCES,
    };
  }

  own(port: number, file: EvtchnFile): void {
    this.#owners.set(port, file);
  }

  /** Called when the file releases the port: closes it unless it is held. */
  disown(port: number): void {
    this.#owners.delete(port);
    if (!this.#holds.has(port)) this.options.domain.eventChannels.close(port);
  }

  /** Keeps an open port for an event that another driver will send when a page is unmapped. False if no file has the port open. */
  hold(port: number): boolean {
    const held = this.#holds.get(port) ?? 0;
    if (held === 0 && !this.#owners.has(port)) return false;
    this.#holds.set(port, held + 1);
    return true;
  }

  /** Undoes one `hold`. */
  unhold(port: number): void {
    const held = this.#holds.get(port) ?? 0;
    if (held > 1) this.#holds.set(port, held - 1);
    if (held > 1 || !this.#holds.delete(port) || this.#owners.has(port)) return;
    this.options.domain.eventChannels.close(port);
  }
}

class EvtchnFile implements OpenFile {
  readonly nonseekable = true;
  readonly #driver: EvtchnDriver;
  readonly #options: EvtchnOptions;
  readonly #ports = new Set<number>();
  /** Ports with an unread event. A port is masked from its event until the program writes the port number. */
  readonly #ring: number[] = [];
  #overflown = false;
  #restrictedTo: number | undefined;
  readonly #waiting: Waiting;
  readonly #bytes = new Uint8Array(8);
  readonly #view = new DataView(this.#bytes.buffer);

  constructor(driver: EvtchnDriver, options: EvtchnOptions) {
    this.#driver = driver;
    this.#options = options;
    this.#waiting = new Waiting((handle) => options.notifyPoll(handle));
    driver.files.add(this);
  }

  /** Whether the domain is gone. On a real machine its programs would be gone too. */
  get #gone(): boolean {
    return this.#options.domain.dying !== 'no';
  }

  /** Wakes readers and pollers with an error after their domain is gone. */
  hangUp(): void {
    this.#waiting.fail(-errno.ENODEV);
  }

  ioctl(request: FileRequest, command: number, argument: number): number {
    const result = request.compat ? -errno.ENOTTY : this.#perform(request, command, argument);
    if (fitsFuse(result)) return result;
    const { ptracer, note } = this.#options;
    return replyExactly(ptracer, request, result, (text) => note(`evtchn: ${text}`));
  }

  #perform(request: FileRequest, command: number, argument: number): number {
    if (this.#gone) return -errno.ENODEV;
    const { eventChannels } = this.#options.domain;
    const fetch = (size: number) =>
      this.#options.memory(request.tid).copyFromUser(argument, this.#bytes, 0, size) === size;
    switch (command) {
      case IOCTL_EVTCHN_BIND_VIRQ:
        if (this.#restrictedTo !== undefined) return -errno.EACCES;
        if (!fetch(4)) return -errno.EFAULT;
        return this.#bound(eventChannels.bindVirq(this.#view.getUint32(0, true), 0));
      case IOCTL_EVTCHN_BIND_INTERDOMAIN: {
        if (!fetch(8)) return -errno.EFAULT;
        const remote = this.#view.getUint32(0, true);
        if (this.#restrictedTo !== undefined && this.#restrictedTo !== remote) return -errno.EACCES;
        const domain = this.#options.hypervisor.domains.get(remote);
        if (domain === undefined) return -errno.ESRCH;
        return this.#bound(eventChannels.bindInterdomain(domain, this.#view.getUint32(4, true)));
      }
      case IOCTL_EVTCHN_BIND_UNBOUND_PORT: {
        if (!fetch(4)) return -errno.EFAULT;
        const remote = this.#view.getUint32(0, true);
        if (this.#restrictedTo !== undefined && this.#restrictedTo !== remote) return -errno.EACCES;
        return this.#bound(eventChannels.allocUnbound(remote));
      }
      case IOCTL_EVTCHN_UNBIND: {
        if (!fetch(4)) return -errno.EFAULT;
        const port = this.#view.getUint32(0, true);
        if (port >= MAX_PORTS) return -errno.EINVAL;
        if (!this.#ports.has(port)) return -errno.ENOTCONN;
        this.#unbind(port);
        return 0;
      }
      case IOCTL_EVTCHN_NOTIFY: {
        if (!fetch(4)) return -errno.EFAULT;
        const port = this.#view.getUint32(0, true);
        if (!this.#ports.has(port)) return -errno.ENOTCONN;
        eventChannels.send(port); // Linux ignores the hypervisor's result
        return 0;
      }
      case IOCTL_EVTCHN_RESET:
        this.#ring.length = 0;
        this.#overflown = false;
        return 0;
      case IOCTL_EVTCHN_RESTRICT_DOMID: {
        if (this.#restrictedTo !== undefined) return -errno.EACCES;
        if (!fetch(2)) return -errno.EFAULT;
        const domid = this.#view.getUint16(0, true);
        if (domid === 0 || domid >= DOMID_FIRST_RESERVED) return -errno.EINVAL;
        this.#restrictedTo = domid;
        return 0;
      }
      default:
        return -errno.ENOSYS;
    }
  }

  /** The ioctl's result is the port. */
  #bound(port: number): number {
    if (port < 0) return port;
    this.#ports.add(port);
    this.#driver.own(port, this);
    const { eventChannels } = this.#options.domain;
    eventChannels.unmask(port);
    // Binding to another domain's port leaves an event pending from before the bind.
    if (eventChannels.isPending(port)) this.deliver(port);
    return port;
  }

  #unbind(port: number): void {
    this.#ports.delete(port);
    this.#driver.disown(port);
    for (let at = this.#ring.indexOf(port); at >= 0; at = this.#ring.indexOf(port)) this.#ring.splice(at, 1);
  }

  /** Handles an event: masks the port and queues it until it is read and written back. */
  deliver(port: number): void {
    const { eventChannels } = this.#options.domain;
    eventChannels.mask(port);
    eventChannels.clearPending(port);
    // A port is queued only once, unless a hypercall unmasked it directly: excess events are dropped and reported, as in Linux.
    if (this.#ring.length < MAX_PORTS) this.#ring.push(port);
    else this.#overflown = true;
    this.#waiting.serve((room) => this.#take(room));
    this.#waiting.wakePollers();
  }

  read(request: FileRequest, _offset: number, into: Uint8Array, flags: number): number {
    const room = Math.min(into.length, PAGE_SIZE) & ~3;
    if (room === 0) return 0;
    if (this.#overflown) return -errno.EFBIG;
    if (this.#ring.length > 0) {
      const data = this.#take(room);
      into.set(data);
      return data.length;
    }
    if (this.#gone) return -errno.ENODEV;
    if ((flags & O_NONBLOCK) !== 0) return -errno.EAGAIN;
    return this.#waiting.addReader(request, room);
  }

  #take(room: number): Uint8Array {
    const ports = this.#ring.splice(0, room / 4);
    const data = new DataView(new ArrayBuffer(ports.length * 4));
    for (const [index, port] of ports.entries()) data.setUint32(index * 4, port, true);
    return new Uint8Array(data.buffer);
  }

  /** Writing a port number unmasks that port; ports of other files are ignored, as in Linux. */
  write(_request: FileRequest, _offset: number, data: Uint8Array): number {
    const count = Math.min(data.length, PAGE_SIZE) & ~3;
    const view = new DataView(data.buffer, data.byteOffset, count);
    for (let at = 0; at < count; at += 4) {
      const port = view.getUint32(at, true);
      if (this.#ports.has(port)) this.#options.domain.eventChannels.unmask(port);
    }
    return count;
  }

  poll(_request: FileRequest, _events: number, handle: bigint | undefined): number {
    this.#waiting.addPoller(handle);
    const readable = this.#ring.length > 0 ? POLLIN | POLLRDNORM : 0;
    return POLLOUT | POLLWRNORM | readable | (this.#gone || this.#overflown ? POLLERR : 0);
  }

  release(): void {
    for (const port of [...this.#ports]) this.#unbind(port);
    this.#driver.files.delete(this);
  }
}
