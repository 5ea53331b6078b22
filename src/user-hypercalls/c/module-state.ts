/** Bytes below which the stack counts as full: the page at address 0 is not to be used. */
const NEAR_THE_END = 4096;

/**
 * A module's memory as it was before a hypercall. A trap, or the end of the time limit, leaves the stack pointer, the variables and the
 * locks as they were in the middle of a function: a real Xen would be dead. Here the next call finds the state from before the failed one.
 */
export class ModuleState {
  readonly #memory: WebAssembly.Memory;
  readonly #stackPointer: WebAssembly.Global;
  readonly #top: bigint | number;
  readonly #heapEnd: () => number;
  /** What lies above the stack: variables and heap. */
  readonly #from: number;
  #saved = new Uint8Array();
  #used = 0;
  /** A call began and has not ended. */
  #open = false;

  /** Of a module linked with --stack-first, so that the stack lies below all else. */
  constructor(exports: Record<string, unknown>) {
    this.#memory = exports.memory as WebAssembly.Memory; // the linker exports these three, build() the fourth
    this.#stackPointer = exports.__stack_pointer as WebAssembly.Global;
    this.#top = this.#stackPointer.value;
    this.#from = Number(this.#top);
    this.#heapEnd = () => Number((exports.fauxen_memory_used as () => bigint)());
  }

  /** Before each call: puts back what the last one left if it did not end, and keeps what is there now. */
  begin(): void {
    if (this.#open) this.#restore();
    this.#used = this.#heapEnd() - this.#from;
    if (this.#saved.length < this.#used) this.#saved = new Uint8Array(this.#used * 2);
    this.#saved.set(new Uint8Array(this.#memory.buffer, this.#from, this.#used));
    this.#open = true;
  }

  end(): void {
    this.#open = false;
  }

  /** The stack pointer ran into the end of the stack, or beyond it. */
  get stackIsFull(): boolean {
    return BigInt.asIntN(64, BigInt(this.#stackPointer.value)) < NEAR_THE_END;
  }

  #restore(): void {
    this.#stackPointer.value = this.#top;
    new Uint8Array(this.#memory.buffer, this.#from, this.#used).set(this.#saved.subarray(0, this.#used));
  }
}
