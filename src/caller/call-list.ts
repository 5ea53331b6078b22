import { readProcessMemory, writeProcessMemory } from '../linux/process/process-memory.ts';
import { CALL_NUMBERS, type CallName } from './arch/x86-64/call-numbers.ts';
import { type CallCode, type CodeHost, LIST_BYTES, LIST_OFFSET } from './call-code.ts';

const WORD = 8;
const ENTRY = 8 * WORD;
const RESULT = 7;
/** Most calls in one list. */
export const MOST_CALLS = (LIST_BYTES - LIST_OFFSET) / ENTRY;
/** Arguments that may be an earlier call's result, each with its flag in the upper half of the first word. */
const INDIRECT = { 0: 1, 4: 2 } as const;
const HALF = 2 ** 32;
/** Marks a call that was not made: no system call returns this upper half. */
const NOT_MADE = -(2 ** 31);

/** The operations on a stopped thread that a list needs. */
export interface ListRunner extends CodeHost {
  /** Runs the thread from `start` to a breakpoint, with rbx and rbp set; returns whether it got there. */
  run(start: number, rbx: number, rbp: number): boolean;
}

/** Shared by all lists, since only one is filled at a time: saves an allocation, and keeps the compiled code monomorphic. */
const bytes = new Uint8Array(MOST_CALLS * ENTRY);
const halves = new Int32Array(bytes.buffer);
const HALVES = ENTRY / 4;

/**
 * Makes several system calls in a stopped 64-bit thread in one go, up to the first that fails. Stopping the thread at each call would cost
 * more than all calls together. The first list puts the code into the process, as a permanent mapping of 68 KiB.
 */
export class CallList {
  /** Number of calls in the list. */
  length = 0;
  readonly #runner: ListRunner;
  readonly #codes: CallCode;
  /** Address of the code in the thread's process. */
  readonly #code: number;

  private constructor(codes: CallCode, runner: ListRunner, code: number) {
    this.#codes = codes;
    this.#runner = runner;
    this.#code = code;
  }

  /** Returns an empty list and invalidates the previous one; undefined: not possible in this thread. */
  static begin(codes: CallCode, runner: ListRunner): CallList | undefined {
    const code = codes.in(runner);
    return code === 0 ? undefined : new CallList(codes, runner, code);
  }

  /** Adds a call. Throws RangeError beyond MOST_CALLS. */
  add(name: CallName, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0): void {
    if (this.length === MOST_CALLS) throw new RangeError(`a list has room for ${MOST_CALLS} calls`);
    const at = this.length * HALVES;
    this.length += 1;
    halves[at] = CALL_NUMBERS[name][0];
    halves[at + 1] = 0;
    put(at + 2, a);
    put(at + 4, b);
    put(at + 6, c);
    put(at + 8, d);
    put(at + 10, e);
    put(at + 12, f);
    halves[at + 2 * RESULT + 1] = NOT_MADE;
  }

  /** Makes the last call take an earlier call's result, given by its index in the list, as that argument. */
  useResult(argument: keyof typeof INDIRECT, earlier: number): void {
    const at = (this.length - 1) * HALVES;
    halves[at + 1]! |= INDIRECT[argument];
    put(at + 2 + 2 * argument, this.#code + LIST_OFFSET + earlier * ENTRY + RESULT * WORD);
  }

  /** Makes the calls. Returns how many were made: all, or up to the first failure. Undefined: none was made, it is not possible. */
  run(): number | undefined {
    const code = this.#code;
    const runner = this.#runner;
    const { tid } = runner;
    const list = code + LIST_OFFSET;
    const size = this.length * ENTRY;
    if (writeProcessMemory(tid, list, bytes, 0, size) !== size) return undefined;
    const ended = runner.run(code, list, list + size);
    // A run that did not finish may still read this mapping: other lists must not reuse it.
    if (!ended) this.#codes.forget(code);
    if (readProcessMemory(tid, list, bytes, 0, size) !== size) return 0;
    let made = 0;
    while (made < this.length && halves[made * HALVES + 2 * RESULT + 1] !== NOT_MADE) made += 1;
    return made;
  }

  /** The result of a call that was made; -errno if it failed. */
  result(index: number): number {
    const at = index * HALVES + 2 * RESULT;
    return halves[at + 1]! * HALF + (halves[at]! >>> 0);
  }
}

/** Stores a number of up to 53 bits, in two's complement. */
function put(at: number, value: number): void {
  halves[at] = value; // takes the lower 32 bits
  halves[at + 1] = Math.floor(value / HALF);
}
