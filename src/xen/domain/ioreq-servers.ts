import { errno } from '../errno.ts';
import { PAGE_SIZE } from '../memory/heap.ts';
import type { Domain } from './domain.ts';
import { RangeSet } from './range-set.ts';

/** Servers of a domain, at most (MAX_NR_IOREQ_SERVERS). */
const MAX_SERVERS = 8;
/** Kinds of ranges: ports, memory, PCI devices (XEN_DMOP_IO_RANGE_*). */
const RANGE_TYPES = 3;
/** Ranges of a kind, at most. */
const MAX_RANGES = 256;
/** HVM_IOREQSRV_BUFIOREQ_ATOMIC, the highest value for buffered requests; 0: none. */
const LAST_BUFFERING = 2;

/** HVM_PARAM_IOREQ_PFN, HVM_PARAM_BUFIOREQ_PFN, HVM_PARAM_IOREQ_SERVER_PFN and HVM_PARAM_NR_IOREQ_SERVER_PAGES (xen/hvm/params.h). */
const IOREQ_PFN = 5;
const BUFIOREQ_PFN = 6;
const SERVER_PFN = 32;
const SERVER_PAGES = 33;

/** ioreq_t (xen/hvm/ioreq.h): its size, and where vp_eport lies, the port that a virtual CPU waits at. */
const SLOT_BYTES = 32;
const SLOT_PORT = 24;

/** Index of a resource's frame (XENMEM_resource_ioreq_server_frame_*): the buffered ring; then the slots of virtual CPUs. */
const BUFFERED_FRAME = 0;
const SLOTS_FRAME = 1;

export interface IoreqServer {
  readonly id: number;
  /** It has a ring for requests that need no answer. */
  readonly buffered: boolean;
  readonly bufferedPort: number;
  /** Of each virtual CPU. */
  readonly ports: readonly number[];
  readonly ranges: readonly RangeSet[];
  enabled: boolean;
  /** Its pages are at guest frames that the toolstack reserved. */
  gfns: { readonly slots: number; readonly buffered: number } | undefined;
  /** Its pages are Xen's own, to be acquired: machine frames, by the resource's index. */
  own: number[] | undefined;
  /** Its pages at guest frames were released when a caller tried to acquire them: see frame(). */
  released: boolean;
}

/** The servers that emulate a domain's devices: up to eight, each with its own ranges, an event channel for each virtual CPU, and pages. */
export class IoreqServers {
  readonly #domain: Domain;
  readonly #servers = new Map<number, IoreqServer>();
  /** The server for pages of the type ioreq_server. */
  memoryServer: IoreqServer | undefined;

  constructor(domain: Domain) {
    this.#domain = domain;
  }

  get(id: number): IoreqServer | undefined {
    return this.#servers.get(id);
  }

  /** Its id, or -errno. `emulator`: the domain that binds to the ports. */
  create(buffering: number, emulator: Domain): number {
    if (buffering > LAST_BUFFERING) return -errno.EINVAL;
    let id = 0;
    while (this.#servers.has(id)) id += 1;
    if (id >= MAX_SERVERS) return -errno.ENOSPC;
    const ports: number[] = [];
    let bufferedPort = 0;
    for (const vcpu of this.#domain.vcpus) {
      ports.push(this.#open(emulator));
      if (vcpu.id === 0 && buffering !== 0) bufferedPort = this.#open(emulator);
    }
    const ranges = Array.from({ length: RANGE_TYPES }, () => new RangeSet(MAX_RANGES));
    const unmapped = { enabled: false, gfns: undefined, own: undefined, released: false };
    this.#servers.set(id, { id, buffered: buffering !== 0, bufferedPort, ports, ranges, ...unmapped });
    return id;
  }

  destroy(server: IoreqServer): void {
    const { eventChannels, memory } = this.#domain;
    if (this.memoryServer === server) this.memoryServer = undefined;
    for (const port of [...server.ports, server.bufferedPort]) if (port > 0) eventChannels.closeXen(port);
    for (const mfn of server.own ?? []) if (mfn !== 0) memory.special.drop(mfn);
    this.#servers.delete(server.id);
  }

  /** The server's pages lie at guest frames: 0, or -errno. `set`: HVM_PARAM_IOREQ_PFN counts only if it was set. */
  mapAtGfns(server: IoreqServer, set: boolean): number {
    if (server.gfns !== undefined) return 0;
    if (server.own !== undefined) return -errno.EPERM;
    const slots = this.#freeGfn(set, undefined);
    const buffered = server.buffered ? this.#freeGfn(set, slots) : slots;
    if (slots === undefined || buffered === undefined) return -errno.ENOMEM;
    const { memory } = this.#domain;
    if (memory.pageOf(slots) === undefined || memory.pageOf(buffered) === undefined) return -errno.EINVAL;
    server.gfns = { slots, buffered };
    return 0;
  }

  /** Machine frame of one of the server's own pages, or -errno. */
  frame(server: IoreqServer, index: number): number {
    if (server.gfns !== undefined) {
      // Without a ring, Xen refuses the second page and releases both; the next attempt finds them again, and fails in the same way.
      server.released = !server.buffered && !server.released;
      if (server.buffered || server.released) return -errno.EPERM;
    }
    if (server.own === undefined) {
      const { memory } = this.#domain;
      const ring = server.buffered ? memory.special.add() : 0;
      const slots = memory.special.add();
      if (ring === undefined || slots === undefined) return -errno.ENOMEM;
      server.own = [ring, slots];
    }
    if (index === BUFFERED_FRAME && !server.buffered) return -errno.ENOENT;
    return server.own[index] ?? -errno.EINVAL;
  }

  /** While a server is enabled, each slot has the port for the requests of its virtual CPU. */
  setEnabled(server: IoreqServer, enabled: boolean): void {
    if (server.enabled === enabled) return;
    server.enabled = enabled;
    if (enabled) this.#writePorts(server);
  }

  #writePorts({ gfns, own, ports }: IoreqServer): void {
    const { memory } = this.#domain;
    const slots = own?.[SLOTS_FRAME];
    const page = slots === undefined ? gfns && memory.pageOf(gfns.slots) : memory.special.pageOf(slots);
    if (page === undefined) return;
    const bytes = new Uint8Array(4);
    for (const [vcpu, port] of ports.entries()) {
      const at = vcpu * SLOT_BYTES + SLOT_PORT;
      if (at >= PAGE_SIZE) return;
      new DataView(bytes.buffer).setUint32(0, port, true);
      memory.frames.write(page, at, bytes);
    }
  }

  #open(emulator: Domain): number {
    return Math.max(
      0,
      this.#domain.eventChannels.allocUnbound(emulator.id, () => {}),
    );
  }

  /** A guest frame that is reserved for servers; if there is none, the frame that was used when a domain had only one device model. */
  #freeGfn(set: boolean, besides: number | undefined): number | undefined {
    const { hvmParameters } = this.#domain;
    const parameter = (index: number) => Number(hvmParameters.get(index) ?? 0n);
    const taken = new Set<number | undefined>([besides]);
    for (const { gfns } of this.#servers.values()) if (gfns !== undefined) taken.add(gfns.slots).add(gfns.buffered);
    const [first, count] = [parameter(SERVER_PFN), parameter(SERVER_PAGES)];
    for (let gfn = first; gfn < first + count; gfn += 1) if (!taken.has(gfn)) return gfn;
    if (!set) return parameter(IOREQ_PFN);
    return [parameter(IOREQ_PFN), parameter(BUFIOREQ_PFN)].find((gfn) => gfn !== 0 && !taken.has(gfn));
  }
}
