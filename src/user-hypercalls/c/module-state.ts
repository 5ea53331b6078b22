/** The stack counts as full below this address: the page at address 0 must not be used. */
const NEAR_THE_END = 4096;

/**
 * Saves and restores a module's memory. A trap or the time limit interrupts a function with its stack pointer, variables and locks in an
 * intermediate state, where a real Xen would be dead. Here the next call starts from the state before the failed one.
 */
export class ModuleState {
  readonly #memory: WebAssembly.Memory;
  readonly #stackPointer: WebAssembly.Global;
  readonly #top: bigint | number;
  readonly #heapEnd: () => number;
  /** The memory above the stack: variables and heap. */
  readonly #from: number;
  #saved = new Uint8Array();
  #used = 0;
  /** Whether a call has started and not ended. */
  #open = false;

  /** For a module that is linked with --stack-first, so that the stack has the lowest addresses. */
  constructor(exports: Record<string, unknown>) {
    this.#memory = exports.memory as WebAssembly.Memory; // the linker exports these three, build() the fourth
    this.#stackPointer = exports.__stack_pointer as WebAssembly.Global;
    this.#top = this.#stackPointer.value;
    this.#from = Number(this.#top);
    this.#heapEnd = () => Number((exports.fauxen_memory_used as () => bigint)());
  }

  /** Called before each call: restores the saved state if the last call did not end, otherwise saves the state. */
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

  /** Whether the stack overflowed. */
  get stackIsFull(): boolean {
    return BigInt.asIntN(64, BigInt(this.#stackPointer.value)) < NEAR_THE_END;
  }

  #restore(): void {
    this.#stackPointer.value = this.#top;
    new Uint8Array(this.#memory.buffer, this.#from, this.#used).set(this.#saved.subarray(0, this.#used));
  }
}
