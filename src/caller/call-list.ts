import { readProcessMemory, writeProcessMemory } from '../linux/process-memory.ts';
import { CALL_NUMBERS, type CallName } from './arch/x86-64/call-numbers.ts';
import { type CodeHost, codeIn, forget, LIST_BYTES, LIST_OFFSET } from './call-code.ts';

const WORD = 8;
const ENTRY = 8 * WORD;
const RESULT = 7;
/** Calls of one list. */
export const MOST_CALLS = (LIST_BYTES - LIST_OFFSET) / ENTRY;
/** Arguments that may be another call's result, with the bit that says so in the upper half of the first word. */
const INDIRECT = { 0: 1, 4: 2 } as const;
const HALF = 2 ** 32;
/** Upper half of a result that no system call returns. */
const NOT_MADE = -(2 ** 31);

/** What a list needs of a stopped thread. */
export interface ListRunner extends CodeHost {
  /** Lets the thread go on from `start` to a breakpoint, with rbx and rbp; whether it got there. */
  run(start: number, rbx: number, rbp: number): boolean;
}

/** One list is filled at a time: all of them use the same memory, which costs nothing to make and is compiled for. */
const bytes = new Uint8Array(MOST_CALLS * ENTRY);
const halves = new Int32Array(bytes.buffer);
const HALVES = ENTRY / 4;

/**
 * Calls to be made in a stopped 64-bit thread in one go, up to the first that fails. A thread's stop at each call costs more than all
 * calls together, so the code is put into its process once, at the first list, as a mapping of 68 KiB, which stays there.
 */
export class CallList {
  /** Calls in it. */
  length = 0;
  private readonly runner: ListRunner;
  /** Where the code lies in the thread's process. */
  private readonly code: number;

  private constructor(runner: ListRunner, code: number) {
    this.runner = runner;
    this.code = code;
  }

  /** An empty list, which ends the one before; undefined: not possible in this thread. */
  static begin(runner: ListRunner): CallList | undefined {
    const code = codeIn(runner);
    return code === 0 ? undefined : new CallList(runner, code);
  }

  /** RangeError beyond MOST_CALLS. */
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

  /** The last call takes the result of an earlier one, by its place in the list, as that argument. */
  useResult(argument: keyof typeof INDIRECT, earlier: number): void {
    const at = (this.length - 1) * HALVES;
    halves[at + 1]! |= INDIRECT[argument];
    put(at + 2 + 2 * argument, this.code + LIST_OFFSET + earlier * ENTRY + RESULT * WORD);
  }

  /** How many were made: all, or up to the first that failed. Undefined: not possible, and none was made. */
  run(): number | undefined {
    const { code, runner } = this;
    const { tid } = runner;
    const list = code + LIST_OFFSET;
    const size = this.length * ENTRY;
    if (writeProcessMemory(tid, list, bytes, 0, size) !== size) return undefined;
    const ended = runner.run(code, list, list + size);
    // One that is still under way may meet another thread's list: it keeps this place for itself.
    if (!ended) forget(code);
    if (readProcessMemory(tid, list, bytes, 0, size) !== size) return 0;
    let made = 0;
    while (made < this.length && halves[made * HALVES + 2 * RESULT + 1] !== NOT_MADE) made += 1;
    return made;
  }

  /** What a call that was made returned: -errno if it failed. */
  result(index: number): number {
    const at = index * HALVES + 2 * RESULT;
    return halves[at + 1]! * HALF + (halves[at]! >>> 0);
  }
}

/** Puts a number of up to 53 bits, in two's complement. */
function put(at: number, value: number): void {
  halves[at] = value; // takes the lower 32 bits
  halves[at + 1] = Math.floor(value / HALF);
}
