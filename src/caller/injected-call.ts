import { REG } from '../linux/arch/x86-64/registers.ts';
import { errno } from '../linux/errno.ts';
import { readProcessMemory, writeProcessMemory } from '../linux/process/process-memory.ts';
import * as ptrace from '../linux/process/ptrace.ts';
import { SIG } from '../linux/signals.ts';
import { CALL_NUMBERS, type CallName } from './arch/x86-64/call-numbers.ts';
import { knowsOurPid } from './call-code.ts';
import { CallList } from './call-list.ts';
import type { Tracee } from './tracee.ts';

/** Bytes that depend on the address at which they are. */
export interface PlacedBytes {
  readonly length: number;
  at(address: number): Uint8Array;
  /** Gets them as the call has left them, unless the caller has ended or is late. */
  after?(bytes: Uint8Array): void;
}

type Argument = number | bigint | string | PlacedBytes;

export interface CallInCaller {
  /**
   * Makes a system call in the caller; its result, or -errno: ESRCH if the caller ended, EINVAL if it cannot make calls. Strings and bytes
   * are on its stack for that time.
   */
  (name: CallName, ...args: Argument[]): bigint;
  /**
   * For a caller that stops only after we gave up: it keeps the result of its own call, and this gets the result of the call that it was
   * making for us, if it made it.
   */
  whenLate?: (result: number) => void;
  /** Returns an empty list of calls to be made together at the cost of one; undefined if that is not possible. */
  list(): CallList | undefined;
  /** Whether the caller sees us under our own process id. */
  knowsOurPid(): boolean;
}

const ARGUMENTS = {
  wide: [REG.RDI, REG.RSI, REG.RDX, REG.R10, REG.R8, REG.R9],
  compat: [REG.RBX, REG.RCX, REG.RDX, REG.RSI, REG.RDI, REG.RBP],
} as const;

/** `syscall` and `int $0x80`, as a little-endian 16-bit number. A 32-bit program always returns behind the latter. */
const SYSCALL = 0x050f;
const INT80 = 0x80cd;
/** The red zone of the System V ABI: a 64-bit function may keep data below the stack pointer. */
const RED_ZONE = 128;

/**
 * Blocks all signals except those that an instruction raises: the kernel kills a program that blocks one of those when it is raised. So
 * none of the program's handlers runs between injected calls, and signals that arrive stay pending.
 */
const HOLD =
  ~[4, SIG.TRAP, 7, 8, 11, 31].reduce((set, signal) => set | (1n << BigInt(signal - 1)), 0n) & (2n ** 64n - 1n);

/**
 * Makes a stopped thread execute system calls, with the instruction that made its own call. Uses PTRACE_SYSCALL instead of single
 * steps: a step ends in a SIGTRAP, which would reset the disposition of a program that ignores that signal.
 */
export class InjectedCalls {
  readonly #tracee: Tracee;
  readonly #saved: BigInt64Array;
  readonly #registers: BigInt64Array;
  readonly #compat: boolean;
  readonly #mask: bigint;
  /** A signal that was about to be delivered. It is given back at the first step, while it is blocked, and so becomes pending. */
  #signal: number;
  /** The stack bytes that the strings of the last call replaced, until they are restored. */
  #placed: [number, Uint8Array][] = [];
  readonly call: CallInCaller;
  /** Set once the thread has ended or did not stop in time. */
  failure: 'gone' | 'late' | undefined;

  private constructor(tracee: Tracee, saved: BigInt64Array, signal: number, compat: boolean, mask: bigint) {
    this.#tracee = tracee;
    this.#saved = saved;
    this.#registers = tracee.ptracer.takeRegisters();
    this.#signal = signal;
    this.#compat = compat;
    this.#mask = mask;
    tracee.restore = () => this.#giveUp();
    this.call = Object.assign(this.#one, { list: this.#list, knowsOurPid: () => knowsOurPid(tracee.tid) });
  }

  /** Prepares a thread that is stopped with registers `saved`; undefined if it is not behind a system call instruction. */
  static begin(tracee: Tracee, saved: BigInt64Array, signal: number): InjectedCalls | undefined {
    const instruction = new Uint8Array(2);
    const behind = Number(saved[REG.RIP]!);
    if (readProcessMemory(tracee.tid, behind - 2, instruction, 0, 2) !== 2) return undefined;
    const opcode = instruction[0]! | (instruction[1]! << 8);
    if (opcode !== SYSCALL && opcode !== INT80) return undefined;
    const mask = ptrace.getSignalMask(tracee.tid);
    if (mask === undefined || ptrace.setSignalMask(tracee.tid, HOLD) < 0) return undefined;
    return new InjectedCalls(tracee, saved, signal, opcode === INT80, mask);
  }

  readonly #list = (): CallList | undefined => {
    if (this.#compat || this.failure) return undefined;
    const { tid, ptracer } = this.#tracee;
    return CallList.begin(ptracer.code, { tid, call: this.#one, run: this.#toBreakpoint });
  };

  readonly #one = (name: CallName, ...args: Argument[]): bigint => {
    const restore: [number, Uint8Array][] = [];
    const words: bigint[] = [];
    const results: (() => void)[] = [];
    let top = Number(this.#saved[REG.RSP]!) - RED_ZONE;
    for (const [i, arg] of args.entries()) {
      if (typeof arg === 'string' || typeof arg === 'object') {
        const bytes = typeof arg === 'string' ? asBytes(arg) : arg;
        const placed = this.#place(bytes, top, restore);
        if (placed === undefined) return BigInt(-errno.EFAULT);
        if (bytes.after !== undefined) results.push(() => bytes.after?.(this.#bytesAt(placed, bytes.length)));
        top = Math.min(top, placed);
        words.push(BigInt(placed));
      } else {
        const bytesPerUnit = this.#compat && name === 'mmap' && i === 5 ? 4096n : 1n;
        words.push(BigInt(arg) / bytesPerUnit);
      }
    }
    const returned = this.#execute(CALL_NUMBERS[name][this.#compat ? 1 : 0], words);
    if (!this.failure) for (const take of results) take();
    this.#placed = restore;
    if (this.failure !== 'late') this.#putBack(); // the call still reads them, and may keep the memory locked
    return returned;
  };

  /**
   * Restores the registers and the signal mask. `value`: the result of the thread's own call; undefined keeps the original result, and
   * restarts the call if the kernel was about to.
   */
  end(value: bigint | undefined): void {
    const { tid } = this.#tracee;
    if (this.failure) return;
    this.#tracee.restore = undefined;
    if (value !== undefined) {
      this.#saved[REG.RAX] = value;
      this.#saved[REG.ORIG_RAX] = -1n;
    } else if (isRestart(this.#saved[REG.RAX]!)) {
      // The kernel restarts calls during signal handling, so the thread must go through that again.
      ptrace.interrupt(tid);
      ptrace.resume(tid, this.#signal);
      this.#signal = 0;
      const stop = this.#tracee.wait();
      if (typeof stop === 'string') this.failure = stop;
    }
    ptrace.setRegisters(tid, this.#saved);
    ptrace.setSignalMask(tid, this.#mask);
    if (!this.failure) this.#tracee.ptracer.giveRegistersBack(this.#registers);
  }

  #bytesAt(address: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    readProcessMemory(this.#tracee.tid, address, bytes, 0, length);
    return bytes;
  }

  #putBack(): void {
    for (const [address, bytes] of this.#placed) writeProcessMemory(this.#tracee.tid, address, bytes, 0, bytes.length);
    this.#placed = [];
  }

  /** For a thread that stops only after we gave up: it continues after its own call, which fails unless `whenLate` is set. */
  #giveUp(): void {
    const { tid } = this.#tracee;
    const { whenLate } = this.call;
    this.#putBack();
    const registers = this.#registers;
    // At the entry of the call, and at its exit, this is its number.
    const isInCall = ptrace.getRegisters(tid, registers) === 0 && registers[REG.ORIG_RAX]! >= 0n;
    if (whenLate === undefined) this.#saved[REG.RAX] = BigInt(-errno.ENOMEM);
    else if (isInCall) whenLate(Number(registers[REG.RAX]!)); // -ENOSYS at the entry: the call is not made
    if (isRestart(this.#saved[REG.RAX]!)) {
      this.#saved[REG.RAX] = this.#saved[REG.ORIG_RAX]!;
      this.#saved[REG.RIP]! -= 2n;
    }
    this.#saved[REG.ORIG_RAX] = -1n;
    ptrace.setRegisters(tid, this.#saved);
    ptrace.setSignalMask(tid, this.#mask);
  }

  /** The signal to pass to PTRACE_DETACH if no call was made. */
  get signal(): number {
    return this.#signal;
  }

  #execute(number: number, words: readonly bigint[]): bigint {
    if (this.failure) return BigInt(-errno.ESRCH);
    const registers = this.#registers;
    registers.set(this.#saved);
    registers[REG.RIP] = this.#saved[REG.RIP]! - 2n;
    registers[REG.RAX] = BigInt(number);
    registers[REG.ORIG_RAX] = -1n;
    const places = this.#compat ? ARGUMENTS.compat : ARGUMENTS.wide;
    for (const [i, place] of places.entries()) registers[place] = words[i] ?? 0n;
    ptrace.setRegisters(this.#tracee.tid, registers);
    this.#tracee.renew();
    if (!this.#toCallStop() || !this.#toCallStop()) return BigInt(-errno.ESRCH);
    ptrace.getRegisters(this.#tracee.tid, registers);
    return this.#compat ? BigInt.asIntN(32, registers[REG.RAX]!) : registers[REG.RAX]!;
  }

  /** Runs the thread from an address to a breakpoint. A fault or a seccomp filter's refusal stops it earlier. */
  readonly #toBreakpoint = (start: number, rbx: number, rbp: number): boolean => {
    const { tid } = this.#tracee;
    const registers = this.#registers;
    registers.set(this.#saved);
    registers[REG.RIP] = BigInt(start);
    registers[REG.RBX] = BigInt(rbx);
    registers[REG.RBP] = BigInt(rbp);
    registers[REG.ORIG_RAX] = -1n;
    ptrace.setRegisters(tid, registers);
    this.#tracee.renew();
    for (;;) {
      ptrace.resume(tid, this.#signal);
      this.#signal = 0;
      const stop = this.#tracee.wait();
      if (typeof stop === 'string') {
        this.failure = stop;
        return false;
      }
      if (stop.at !== 'signal') continue;
      if (stop.signal !== SIG.STOP) return stop.signal === SIG.TRAP;
      this.#signal = stop.signal; // as in #toCallStop
    }
  };

  /** Runs the thread to the entry of the call, or from there to its exit. */
  #toCallStop(): boolean {
    for (;;) {
      ptrace.resumeToSyscall(this.#tracee.tid, this.#signal);
      this.#signal = 0;
      const stop = this.#tracee.wait();
      if (typeof stop === 'string') {
        this.failure = stop;
        return false;
      }
      if (stop.at === 'call') return true;
      // SIGSTOP cannot be blocked: passed on, it stops the process after we detach. A signal that an instruction raised
      // can only be a seccomp filter's SIGSYS about our call: the program must not see it.
      if (stop.at === 'signal' && stop.signal === SIG.STOP) this.#signal = stop.signal;
    }
  }

  /** Copies bytes to the caller's stack, below `top` or, if it has no stack yet, above the stack pointer; returns the address. */
  #place({ length, at }: PlacedBytes, top: number, restore: [number, Uint8Array][]): number | undefined {
    const { tid } = this.#tracee;
    const below = Math.floor((top - length) / 16) * 16;
    for (const address of [below, Number(this.#saved[REG.RSP]!)]) {
      const before = new Uint8Array(length);
      if (readProcessMemory(tid, address, before, 0, length) !== length) continue;
      if (writeProcessMemory(tid, address, at(address), 0, length) !== length) continue;
      restore.unshift([address, before]);
      return address;
    }
    return undefined;
  }
}

function asBytes(text: string): PlacedBytes {
  const bytes = new TextEncoder().encode(`${text}\0`);
  return { length: bytes.length, at: () => bytes };
}

/** Whether a result is one of the kernel's internal restart codes (linux/errno.h, 512 to 516). */
export function isRestart(value: bigint): boolean {
  return value <= -512n && value >= -516n;
}
