import type { Hypervisor } from '../../hypervisor.ts';
import { translate } from '../../memory/page-tables.ts';
import type { Domain } from '../domain.ts';
import { register, setRegister } from '../hvm-stream.ts';
import type { Vcpu } from '../vcpu.ts';
import { eventFlags, eventReasons, type GuestEvent } from './event.ts';
import { guestAccess } from './guest-access.ts';
import type { RegisterWrites } from './monitor.ts';

/** Control registers, by VM_EVENT_X86_*. */
const controlRegisters = ['cr0', 'cr3', 'cr4'] as const;
/** Bits of XEN_DOMCTL_MONITOR_EVENT_*. */
const monitored = { singleStep: 1 << 2, breakpoint: 1 << 3, cpuid: 1 << 6 } as const;
/** HVMOP_TRAP_sw_exc: int3. */
const SOFTWARE_EXCEPTION = 6n;
const CPUID_BYTES = 2n;

interface Access {
  readonly kind: 'read' | 'write' | 'execute';
  /** The physical address, and the linear one. */
  readonly address: number;
  readonly linear?: bigint;
  /** What is written. */
  readonly value?: Uint8Array;
}

/** What a virtual CPU does, as a scenario says: as far as its listener or others can notice it. */
export type GuestInstruction =
  | Access
  | { readonly kind: 'register'; readonly register: (typeof controlRegisters)[number]; readonly value: bigint }
  | { readonly kind: 'msr'; readonly msr: number; readonly value: bigint }
  | { readonly kind: 'cpuid'; readonly leaf: number; readonly subleaf: number }
  | { readonly kind: 'breakpoint'; readonly address: number }
  | { readonly kind: 'request' };

/** Model-specific registers that have a place in a virtual CPU's record. */
const msrNames: ReadonlyMap<number, string> = new Map([
  [0xc0000080, 'msr_efer'],
  [0xc0000081, 'msr_star'],
  [0xc0000082, 'msr_lstar'],
  [0xc0000083, 'msr_cstar'],
  [0xc0000084, 'msr_syscall_mask'],
  [0xc0000100, 'fs_base'],
  [0xc0000101, 'gs_base'],
  [0xc0000102, 'shadow_gs'],
]);

/** One instruction of a virtual CPU on its way: it may have to wait for a listener, and then go on. */
export class PendingInstruction {
  readonly #hypervisor: Hypervisor;
  readonly #vcpu: Vcpu;
  readonly #instruction: GuestInstruction;
  /** Its event was sent. */
  #sent = false;
  /** It is done; the event of its step is still to be sent. */
  #done = false;

  constructor(hypervisor: Hypervisor, vcpu: Vcpu, instruction: GuestInstruction) {
    this.#hypervisor = hypervisor;
    this.#vcpu = vcpu;
    this.#instruction = instruction;
  }

  /** Goes on. True once it is complete; false: it waits for the listener, or for room in its ring. */
  advance(): boolean {
    if (!this.#done) this.#done = this.#perform();
    return this.#done && this.#step();
  }

  #perform(): boolean {
    const instruction = this.#instruction;
    switch (instruction.kind) {
      case 'read':
      case 'write':
      case 'execute':
        return this.#access(instruction);
      case 'register':
        return this.#writeControl(instruction.register, instruction.value);
      case 'msr':
        return this.#writeMsr(instruction.msr, instruction.value);
      case 'cpuid': {
        const { domain, id } = this.#vcpu;
        if (!this.#sent) {
          setRegister(domain, id, 'rax', BigInt(instruction.leaf));
          setRegister(domain, id, 'rcx', BigInt(instruction.subleaf));
        }
        const words = [CPUID_BYTES | (BigInt(instruction.leaf) << 32n), BigInt(instruction.subleaf)];
        return this.#sendIf(monitored.cpuid, { reason: eventReasons.cpuid, words });
      }
      case 'breakpoint': {
        const frame = BigInt(Math.floor(instruction.address / 4096));
        const words = [frame, 0n, 1n | (SOFTWARE_EXCEPTION << 32n)];
        return this.#sendIf(monitored.breakpoint, { reason: eventReasons.breakpoint, words });
      }
      case 'request':
        return this.#once(() => this.#vcpu.domain.monitor?.guestRequest(this.#vcpu.id) ?? true);
      default:
        return instruction satisfies never;
    }
  }

  /** Performs an access if the page's rights allow it or the listener asks to emulate it. False: it waits. */
  #access({ kind, address, linear, value }: Access): boolean {
    const { domain, id } = this.#vcpu;
    const [frame, offset] = [Math.floor(address / 4096), address % 4096];
    const answer = this.#answer();
    const emulated = (answer & (eventFlags.emulate | eventFlags.emulateNoWrite)) !== 0;
    const bit = kind === 'read' ? 'r' : kind === 'write' ? 'w' : 'x';
    if (
      !emulated &&
      !guestAccess(this.#hypervisor, domain, id, { frame, offset, kind: bit, ...(linear !== undefined && { linear }) })
    )
      return false;
    if (kind === 'write' && value !== undefined && (answer & eventFlags.emulateNoWrite) === 0)
      domain.memory.writeFrame(shownIn(domain, id, frame), offset, value.subarray(0, 4096 - offset));
    return true;
  }

  #writeControl(name: (typeof controlRegisters)[number], value: bigint): boolean {
    const { domain, id } = this.#vcpu;
    const index = controlRegisters.indexOf(name);
    const writes = domain.monitor?.controlRegisters.get(index);
    return this.#writeRegister(
      name,
      value,
      writes,
      { reason: eventReasons.writeControlRegister, words: [BigInt(index)] },
      id,
    );
  }

  #writeMsr(msr: number, value: bigint): boolean {
    const { domain, id } = this.#vcpu;
    const writes = domain.monitor?.msrs.get(msr);
    const event = { reason: eventReasons.movToMsr, words: [BigInt(msr)] };
    return this.#writeRegister(msrNames.get(msr), value, writes, event, id);
  }

  #writeRegister(
    name: string | undefined,
    value: bigint,
    writes: RegisterWrites | undefined,
    { reason, words = [] }: GuestEvent,
    id: number,
  ): boolean {
    const { domain } = this.#vcpu;
    const old = name === undefined ? 0n : register(domain, id, name);
    if (!this.#sent && writes !== undefined && isEvent(writes, reason, value, old)) {
      const sent = domain.monitor?.send(id, { reason, words: [...words, value, old] }, writes.sync) ?? true;
      if (!sent) return false;
      this.#sent = true;
      if (writes.sync) return false;
    }
    const denied = (this.#answer() & eventFlags.deny) !== 0 && domain.monitor?.mayDeny === true;
    if (!denied && name !== undefined) setRegister(domain, id, name, value);
    return true;
  }

  /** Sends an event that the virtual CPU waits for, if it is enabled. */
  #sendIf(bit: number, event: GuestEvent): boolean {
    const { domain, id } = this.#vcpu;
    const { monitor } = domain;
    if (this.#sent || monitor === undefined || (monitor.events & bit) === 0) return true;
    if (monitor.send(id, event, true)) this.#sent = true;
    return false;
  }

  /** Sends an event once. False while the virtual CPU waits for the listener. */
  #once(send: () => boolean): boolean {
    if (this.#sent) return true;
    this.#sent = send();
    return this.#sent && this.#vcpu.pauseCount === 0;
  }

  /** The event after a step. */
  #step(): boolean {
    const { domain, id, singleStep, stepThenView } = this.#vcpu;
    const { monitor } = domain;
    if (stepThenView !== undefined) {
      this.#vcpu.stepThenView = undefined;
      domain.memory.properties.views?.use(id, stepThenView);
      return true;
    }
    if (!singleStep || monitor === undefined || (monitor.events & monitored.singleStep) === 0) return true;
    return monitor.send(id, { reason: eventReasons.singleStep, words: [frameOfInstruction(domain, id)] }, true);
  }

  /** What the listener answered, once. */
  #answer(): number {
    const flags = this.#vcpu.eventAnswer;
    this.#vcpu.eventAnswer = 0;
    return flags;
  }
}

const PAGING = 1n << 31n;
const LONG_MODE_ACTIVE = 1n << 10n;
/** INVALID_GFN */
const NO_FRAME = 0xffffffffffffffffn;

/** The guest frame of the instruction at which a virtual CPU is; in long mode its page tables say so. */
function frameOfInstruction(domain: Domain, vcpu: number): bigint {
  const [rip, cr0, efer] = ['rip', 'cr0', 'msr_efer'].map((name) => register(domain, vcpu, name));
  if (rip === undefined || cr0 === undefined || efer === undefined) return NO_FRAME;
  if ((cr0 & PAGING) === 0n || (efer & LONG_MODE_ACTIVE) === 0n) return rip >> 12n;
  const frame = translate(domain.memory, register(domain, vcpu, 'cr3'), rip);
  return frame === undefined ? NO_FRAME : BigInt(frame);
}

/** The guest frame whose page a virtual CPU finds at a frame: another one if its view says so. */
const shownIn = ({ memory }: Domain, vcpu: number, frame: number): number =>
  memory.properties.views?.of(vcpu)?.entry(frame).target ?? frame;

/** Whether a write of a register is an event. A write that leaves a control register unchanged never is. */
function isEvent({ onlyChanges, ignored }: RegisterWrites, reason: number, value: bigint, old: bigint): boolean {
  if (reason === eventReasons.movToMsr) return !onlyChanges || value !== old;
  return ((value ^ old) & ~ignored) !== 0n;
}
