import type { Field, Struct } from '../abi/layout.ts';
import type { Domain } from '../domain/domain.ts';
import { errno } from '../errno.ts';
import type { Hypervisor } from '../hypervisor.ts';
import { type GuestMemory, USER_ADDRESS_LIMIT } from './guest-memory.ts';

/** Bytes of a hypercall as privcmd passes it: the number and five arguments, each 64 bits. */
export const HYPERCALL_BYTES = 48;

/** Where Xen's own range of a PV domain's addresses ends, and the kernel's begins: HYPERVISOR_VIRT_END. */
const XEN_RANGE_END = 0xffff880000000000;

/** Something about a call that its result does not say, for explanations. */
export interface Remark {
  /**
   * `threw`: the handler had an exception; `returned`: it returned no result; `refused`: it failed on purpose; `string`: a
   * string had no end; `pointer`: it used a guest pointer as if it were the data; `printed`: it printed something other than text;
   * `minus-one`: it returned -1; `positive-errno`: it returned an error number without the minus; `nothing-returned`: it computed a result
   * and did not return it; `table`: the caller's table has no entry for it.
   */
  readonly kind:
    | 'threw'
    | 'returned'
    | 'refused'
    | 'string'
    | 'pointer'
    | 'printed'
    | 'minus-one'
    | 'positive-errno'
    | 'nothing-returned'
    | 'table';
  readonly text: string;
  /** What to change, if that is clear from what happened. */
  readonly change?: string;
  /** "file:line" in the user's file, as far as it is known. */
  readonly at?: string;
}

/**
 * One hypercall in progress: the caller, the arguments, and the copies from and to the caller's memory. One object is
 * reused for every call at the same depth (a multicall's entries have their own), so do not keep a reference to it.
 */
export class Call {
  readonly hypervisor: Hypervisor;
  /** The calling domain. */
  domain!: Domain;
  memory!: GuestMemory;
  /** Word size of the calling domain's kernel, in bits. */
  wordSize: 32 | 64 = 64;
  /** Where a copy failed last: the faulting address, for explanations. Undefined if none failed. */
  faultAddress: number | undefined;
  /** The address at which that copy started, and whether it wrote to the caller. */
  faultStart = 0;
  faultWrote = false;
  /** The call was preempted, and continues later with its current arguments. */
  preempted = false;
  /** The first remark of the call. */
  remark: Remark | undefined;
  /** The number and the arguments as they came. */
  readonly bytes = new Uint8Array(HYPERCALL_BYTES);
  readonly view = new DataView(this.bytes.buffer);
  readonly #words = new Uint32Array(this.bytes.buffer);
  readonly #scratch = new Uint8Array(8);
  readonly #scratchView = new DataView(this.#scratch.buffer);

  constructor(hypervisor: Hypervisor) {
    this.hypervisor = hypervisor;
  }

  /** The hypercall's number, all 64 bits of it; inexact above 2^53, where no hypercall is. */
  get number(): number {
    return this.#pair(0);
  }

  /** Argument `index` (0 to 4) as an address or a count: a double, exact up to 2^53. */
  address(index: number): number {
    return this.#pair(2 + 2 * index);
  }

  /** The low 32 bits of argument `index`, unsigned. */
  u32(index: number): number {
    return this.#words[2 + 2 * index] ?? 0;
  }

  /** The low 32 bits of argument `index`, signed. */
  i32(index: number): number {
    return this.u32(index) | 0;
  }

  u64(index: number): bigint {
    return this.view.getBigUint64(8 + 8 * index, true);
  }

  /** Whether a handler in a long loop should let other calls run now. */
  get shouldYield(): boolean {
    return this.hypervisor.turn?.isOver() ?? false;
  }

  /**
   * Preempts the call, as Xen's hypercall_create_continuation() does: the handler's return value is ignored, and it is called again later.
   * Before this, `setArgument` must set the arguments for the remaining part.
   */
  preempt(): 0 {
    this.preempted = true;
    return 0;
  }

  /** Changes an argument: an address or a count, below 2^53. */
  setArgument(index: number, value: number): void {
    this.#words[2 + 2 * index] = value % 2 ** 32;
    this.#words[3 + 2 * index] = Math.floor(value / 2 ** 32);
  }

  /**
   * Whether an array of the caller's may start here: Xen's guest_handle_okay(). Some operations check it before they use a pointer, or even
   * if they never use it. It checks only the address, and only for a PV domain.
   */
  mayPointTo(address: number): boolean {
    return address < USER_ADDRESS_LIMIT || address >= XEN_RANGE_END || this.domain.isHvm;
  }

  /** Whether all `length` bytes at `address` were copied into `into` at `offset`. */
  copyFromGuest(address: number, into: Uint8Array, length = into.length, offset = 0): boolean {
    const copied = this.memory.read(address, into, offset, length);
    if (copied === length) return true;
    this.#faulted(address, copied, false);
    return false;
  }

  /** Whether all `length` bytes of `from` at `offset` were copied to `address`. Bytes before a bad page stay written. */
  copyToGuest(address: number, from: Uint8Array, length = from.length, offset = 0): boolean {
    const copied = this.memory.write(address, from, offset, length);
    if (copied === length) return true;
    this.#faulted(address, copied, true);
    return false;
  }

  /** Writes one field of a struct at `address`; the value is the field's number. */
  fieldToGuest(address: number, field: Field, value: number | bigint): boolean {
    this.#scratchView.setBigUint64(0, BigInt.asUintN(64, BigInt(value)), true);
    return this.copyToGuest(address + field.offset, this.#scratch, field.size);
  }

  /** A new view of the struct at `address`, or undefined if it cannot be read. Not for the hot path: it allocates. */
  structFromGuest(address: number, struct: Struct): DataView | undefined {
    const bytes = new Uint8Array(struct.size);
    return this.copyFromGuest(address, bytes) ? new DataView(bytes.buffer) : undefined;
  }

  /** Copies a whole struct back; 0 or -EFAULT. */
  structToGuest(address: number, view: DataView): number {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    return this.copyToGuest(address, bytes) ? 0 : -errno.EFAULT;
  }

  #faulted(start: number, copied: number, wrote: boolean): void {
    this.faultAddress = start + copied;
    this.faultStart = start;
    this.faultWrote = wrote;
  }

  #pair(word: number): number {
    return (this.#words[word + 1] ?? 0) * 2 ** 32 + (this.#words[word] ?? 0);
  }
}
