import type { CallInCaller } from '../../caller/injected-call.ts';
import { type Call, HYPERCALL_BYTES } from '../../xen/call/call.ts';
import type { GuestMemory } from '../../xen/call/guest-memory.ts';
import { mayBeLong } from '../../xen/call/long-calls.ts';
import { DOMID_IDLE, DOMID_INVALID, type Domain } from '../../xen/domain/domain.ts';
import { errno } from '../../xen/errno.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import type { ShownCopies } from './copied-pages.ts';
import {
  DM_OP_MAX_BUFFER_BYTES,
  DM_OP_MAX_BUFFERS,
  IOCTL_PRIVCMD_DM_OP,
  IOCTL_PRIVCMD_HYPERCALL,
  IOCTL_PRIVCMD_RESTRICT,
} from './ioctls.ts';
import { dmOp, dmOpBuffer } from './structs.ts';

/** __HYPERVISOR_dm_op. Releases without it answer ENOSYS. */
const DM_OP = 41;

/** Memory of a caller, with the hypervisor's copy functions and the kernel's, which fault absent pages in. */
export interface CallerBytes extends GuestMemory {
  copyFromUser(address: number, into: Uint8Array, offset: number, length: number): number;
  copyToUser(address: number, from: Uint8Array, offset: number, length: number): number;
}

export interface PrivcmdOptions {
  hypervisor: Hypervisor;
  /** The domain whose kernel this driver belongs to. */
  domain: Domain;
  /** The module's `unrestricted`: without it the driver of a domU refuses every hypercall. */
  unrestricted?: boolean;
  /** Logs a message, once for each distinct text. */
  onNote?: (text: string) => void;
}

/** A range of the caller's addresses: both multiples of the page size. */
export interface Hole {
  readonly start: number;
  readonly end: number;
  /**
   * The address at which offset 0 of the file would be mapped. A later mapping at these addresses usually has another origin, and is then
   * not part of the hole.
   */
  readonly origin: number;
}

/** The state of one open file of privcmd. */
export interface PrivcmdState {
  /** The domain it was restricted to, or DOMID_INVALID. */
  domid: number;
  /** Parts of its mappings that a call left without frames: only these can be mapped later. The oldest are dropped. */
  readonly holes: Hole[];
  /** Whether its mappings may show copies of pages, and stay in one piece. */
  traced: boolean;
}

/** An ioctl that failed in the driver, before any hypercall. */
export interface RefusedIoctl {
  memory: GuestMemory;
  command: number;
  argument: number;
  compat: boolean;
  /** The domain that the file is restricted to, or DOMID_INVALID. */
  restricted: number;
  domid: number;
  privileged: boolean;
  result: number | bigint;
}

/** System calls that the caller's thread must make before its ioctl returns. */
export interface CallerWork {
  /** `lent`: the caller's descriptor of `file`, which `run` closes. */
  run(call: CallInCaller, lent?: number): void;
  /** The file in this process whose pages are mapped, for transports that can give it to the caller; undefined: there is none. */
  readonly file: number | undefined;
  /** -errno that the ioctl returns instead of its result after a failure in `run`. */
  failure(): number | undefined;
  /** The contents of the mapping, for a caller that cannot be stopped to make calls. */
  readonly shows: ShownCopies;
}

/** A preempted hypercall, with the arguments of its remaining part. */
export interface UnfinishedCall {
  readonly bytes: Uint8Array;
  readonly wordSize: 32 | 64;
}

/**
 * One ioctl of a program. A transport has one such object, which it fills for each ioctl: a new one for each hypercall would be garbage. So
 * a handler copies what it needs later.
 */
export class PrivcmdIoctl {
  /** The open file. */
  state!: PrivcmdState;
  memory!: CallerBytes;
  command = 0;
  argument = 0;
  /** The caller is a 32-bit program. */
  compat = false;
  tid = 0;
}

export type IoctlHandler = (ioctl: PrivcmdIoctl) => number | bigint;

/**
 * Handles ioctls as Linux's privcmd does, for every transport. A result is the ioctl's 64-bit return value: a number, or a bigint if a
 * number would be inexact; negative: -errno.
 */
export class Privcmd {
  readonly hypervisor: Hypervisor;
  readonly domain: Domain;
  /** By command. The mappings add theirs. */
  readonly ioctls = new Map<number, IoctlHandler>();
  /** Set by a successful ioctl. The code that sends the reply must run it and clear it. */
  work: CallerWork | undefined;
  /** Called for each ioctl that the driver refused, to explain it. */
  onRefused: ((ioctl: RefusedIoctl) => void) | undefined;
  /** Set by an ioctl whose hypercall was preempted. The code that sends the reply must finish it with `continueCall`. */
  unfinished: UnfinishedCall | undefined;
  /**
   * Set by the caller of `ioctl` if it must be answered at once: a hypercall that may be long, and a map for a traced program, is not
   * started, but sets `postponed`.
   */
  onlyShort = false;
  postponed = false;
  #dispatched = false;
  #refuses: boolean;
  readonly #onNote: (text: string) => void;
  readonly #noted = new Set<string>();
  readonly #buffer = new Uint8Array(16);
  readonly #view = new DataView(this.#buffer.buffer);

  constructor(options: PrivcmdOptions) {
    this.hypervisor = options.hypervisor;
    this.domain = options.domain;
    this.#refuses = !options.domain.privileged && !options.unrestricted;
    this.#onNote = options.onNote ?? (() => {});
    this.ioctls.set(IOCTL_PRIVCMD_HYPERCALL, (ioctl) => this.#hypercall(ioctl));
    this.ioctls.set(IOCTL_PRIVCMD_RESTRICT, (ioctl) => this.#restrict(ioctl));
    this.ioctls.set(IOCTL_PRIVCMD_DM_OP, (ioctl) => this.#dmOp(ioctl));
  }

  open(): PrivcmdState {
    // If the module refuses a domU, a new file is restricted to an unused domain id.
    return { domid: this.#refuses ? DOMID_IDLE : DOMID_INVALID, holes: [], traced: false };
  }

  /** Sets the module parameter: files that are opened after this may make hypercalls. */
  liftRefusal(): void {
    this.#refuses = false;
  }

  ioctl(ioctl: PrivcmdIoctl): number | bigint {
    this.#dispatched = false;
    this.work = undefined;
    this.unfinished = undefined;
    this.postponed = false;
    const result = this.#perform(ioctl);
    if (result < 0 && !this.#dispatched && this.onRefused !== undefined)
      this.#reportRefused(this.onRefused, ioctl, result);
    return result;
  }

  #perform(ioctl: PrivcmdIoctl): number | bigint {
    if (this.domain.dying !== 'no') return -errno.ENODEV; // on a real machine its programs would be gone with the domain
    if (ioctl.compat && this.hypervisor.dom0Bits === 64) return this.#refuseCompat();
    return this.ioctls.get(ioctl.command)?.(ioctl) ?? -errno.ENOTTY;
  }

  #reportRefused(tell: (ioctl: RefusedIoctl) => void, ioctl: PrivcmdIoctl, result: number | bigint): void {
    const { memory, command, argument, compat, state } = ioctl;
    const { id: domid, privileged } = this.domain;
    tell({ memory, command, argument, compat, restricted: state.domid, domid, privileged, result });
  }

  #hypercall({ state, memory, argument, compat }: PrivcmdIoctl): number | bigint {
    if (this.#refuses) {
      this.note(
        'privcmd: a domU without privcmd.unrestricted=1 makes no hypercalls (EPERM); see --privcmd-unrestricted',
      );
      return -errno.EPERM;
    }
    if (state.domid !== DOMID_INVALID) return -errno.EPERM;
    const { hypervisor } = this;
    const call = hypervisor.beginCall(this.domain, memory, compat ? 32 : 64);
    if (call === undefined) return -errno.EBUSY; // cannot happen: the thread serves one ioctl at a time
    try {
      if (memory.copyFromUser(argument, call.bytes, 0, HYPERCALL_BYTES) < HYPERCALL_BYTES) return -errno.EFAULT;
      if (this.onlyShort && mayBeLong(call, hypervisor.lookup(call.number)?.name ?? '')) {
        this.postponed = true;
        return 0;
      }
      return this.#dispatch(call);
    } finally {
      hypervisor.endCall();
    }
  }

  #dispatch(call: Call): number | bigint {
    this.#dispatched = true;
    const result = this.hypervisor.dispatch(call);
    if (call.preempted) this.unfinished = { bytes: Uint8Array.from(call.bytes), wordSize: call.wordSize };
    return result;
  }

  /** Continues a preempted hypercall; returns its result, or undefined if it was preempted again. */
  continueCall(unfinished: UnfinishedCall, memory: CallerBytes): number | bigint | undefined {
    if (this.domain.dying !== 'no') return -errno.ENODEV;
    const { hypervisor } = this;
    const call = hypervisor.beginCall(this.domain, memory, unfinished.wordSize);
    if (call === undefined) return -errno.EBUSY; // as above
    try {
      call.bytes.set(unfinished.bytes);
      call.preempted = true;
      const result = hypervisor.dispatch(call);
      if (!call.preempted) return result;
      unfinished.bytes.set(call.bytes);
      return undefined;
    } finally {
      hypervisor.endCall();
    }
  }

  /** Only the first restriction has an effect; later ones must name the same domain. */
  #restrict({ state, memory, argument }: PrivcmdIoctl): number {
    if (memory.copyFromUser(argument, this.#buffer, 0, 2) < 2) return -errno.EFAULT;
    const domid = this.#view.getUint16(0, true);
    if (state.domid !== DOMID_INVALID && state.domid !== domid) return -errno.EINVAL;
    state.domid = domid;
    return 0;
  }

  #dmOp({ state, memory, argument }: PrivcmdIoctl): number | bigint {
    if (memory.copyFromUser(argument, this.#buffer, 0, dmOp.size) < dmOp.size) return -errno.EFAULT;
    const view = this.#view;
    const hypervisor = this.hypervisor;
    const domid = dmOp.domid.get(view);
    const count = dmOp.count.get(view);
    const buffers = dmOp.buffers.get(view);
    if (state.domid !== DOMID_INVALID && state.domid !== domid) return -errno.EPERM;
    if (count === 0) return 0;
    if (count > DM_OP_MAX_BUFFERS) return -errno.E2BIG;
    for (let index = 0; index < count; index += 1) {
      const { size } = dmOpBuffer;
      if (memory.copyFromUser(buffers + size * index, this.#buffer, 0, size) < size) return -errno.EFAULT;
      if (dmOpBuffer.bytes.get(view) > DM_OP_MAX_BUFFER_BYTES) return -errno.E2BIG;
    }
    const call = hypervisor.beginCall(this.domain, memory, 64);
    if (call === undefined) return -errno.EBUSY; // as above
    try {
      call.bytes.fill(0);
      call.view.setUint32(0, hypervisor.abi.hypercalls.dm_op ?? DM_OP, true);
      call.setArgument(0, domid);
      call.setArgument(1, count);
      call.setArgument(2, buffers);
      return this.#dispatch(call);
    } finally {
      hypervisor.endCall();
    }
  }

  #refuseCompat(): number {
    this.note(
      'privcmd: a 32-bit program on a 64-bit dom0 gets ENOTTY, for the driver has no compat ioctl; compile it for 64 bits, or see --dom0-bits 32',
    );
    return -errno.ENOTTY;
  }

  /** Prints a message to dmesg and the log, the first time only. */
  note(text: string): void {
    if (this.#noted.has(text)) return;
    this.#noted.add(text);
    this.#onNote(text);
    this.hypervisor.console.printk(`<1>${text}\n`);
  }
}
