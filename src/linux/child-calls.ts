// A child process that makes a prepared list of system calls and then executes a program, as a shell does with fork, setup and exec. Node
// has no fork, and its spawn() cannot make such calls. The child shares this process's memory (as after vfork) and runs only the few
// instructions below, so it cannot disturb Node, whose calling thread waits until the child executes a program or ends.

import { CODE } from './arch/x86-64/child-code.ts';
import { SYS } from './arch/x86-64/system-calls.ts';
import { errno } from './errno.ts';
import { addressOf, failed, libc, result, systemCall } from './libc.ts';
import { PAGE_SIZE } from './page-size.ts';

const SIGCHLD = 17;
const SIG_SETMASK = 2;
const CLONE_VM = 0x100;
const CLONE_FILES = 0x400;
const CLONE_VFORK = 0x4000;
const CLOSE_RANGE_UNSHARE = 2;
const NO_DESCRIPTOR = 0xffff_ffff;
const PROT = { READ: 1, WRITE: 2, EXEC: 4 } as const;
const MAP_PRIVATE_ANONYMOUS = 0x22;

/** Words of an entry. */
const ENTRY = {
  number: 0,
  arguments: 1,
  result: 7,
  /** Address of another entry's argument, which receives the result too. */
  store: 8,
  /** Addresses of the next entry: after success, after an error, ... */
  next: 9,
  onError: 10,
  /** ... and where the result is exactly this. */
  special: 11,
  onSpecial: 12,
  words: 13,
} as const;
const ENTRY_BYTES = 8 * ENTRY.words;

/** A value that no system call returns. */
const NEVER = 2n ** 62n;

/** The result of an earlier call of the list, as an argument. */
export interface Result {
  readonly call: number;
}

/** A string is passed as a C string, a view as its address. */
export type CallArgument = number | bigint | string | ArrayBufferView | Result;

/** What happens if a call fails: the child ends, or continues with the next call. */
type Need = 'must' | 'may';

interface Call {
  readonly what: string;
  readonly need: Need;
  readonly number: number;
  readonly args: readonly CallArgument[];
  /** Continues with call `next` if the result is `value`. */
  special?: { value: number; next: number };
  /** The call has failed unless the result is this. */
  expected?: number;
  /** After this error the next call is made; after success the child continues with call `end`; any other error is a failure. */
  again?: { error: number; end: number; what: string };
}

export interface StartedChild {
  /** 0 or less: there is no child, or it ended before it executed a program. */
  readonly pid: number;
  /** The call that must succeed and did not. */
  readonly failure?: { what: string; errno: number };
}

const libcClone: (code: number, stack: number, flags: number, list: number) => number = libc.func(
  'int clone(int64_t code, int64_t stack, int flags, int64_t list)',
);

/** A list of calls, which is filled and then started once. */
export class ChildCalls {
  readonly #calls: Call[] = [];
  /** Keeps what the arguments point to alive. */
  readonly #held: ArrayBufferView[] = [];
  #words: BigInt64Array | undefined;

  /** Adds a call; if it fails, the child ends. `what` completes "cannot ...". */
  must(what: string, number: number, ...args: CallArgument[]): Result {
    return this.#add({ what, need: 'must', number, args });
  }

  /** Adds a call that may fail. */
  may(number: number, ...args: CallArgument[]): Result {
    return this.#add({ what: '', need: 'may', number, args });
  }

  /** Adds a call that must return this result. */
  mustBe(expected: number, what: string, number: number, ...args: CallArgument[]): void {
    this.#add({ what, need: 'must', number, args, expected });
  }

  /** As must(), but makes the call up to `times` times while it fails with this error. */
  repeat(times: number, error: number, what: string, number: number, ...args: CallArgument[]): void {
    const end = this.#calls.length + times;
    for (let left = times; left > 1; left -= 1) {
      const { call } = this.may(number, ...args);
      this.#calls[call]!.again = { error, end, what };
    }
    this.must(what, number, ...args);
  }

  /**
   * execve, which does not return if it succeeds. If it fails, the list continues; the `otherwise` call is made only if the error is
   * ENOEXEC.
   */
  execute(
    path: CallArgument,
    argv: ArrayBufferView,
    environment: ArrayBufferView,
    otherwise?: ArrayBufferView,
  ): Result {
    const call = this.may(SYS.execve, path, argv, environment);
    if (otherwise === undefined) return call;
    const at = call.call;
    // execve, then a call that always succeeds and continues after the second execve.
    this.#calls[at]!.special = { value: -errno.ENOEXEC, next: at + 2 };
    const skip = this.may(SYS.getpid);
    this.may(SYS.execve, '/bin/sh', otherwise, environment);
    this.#calls[skip.call]!.expected = -1; // no result is this, so the list continues as after a failure
    return call;
  }

  /**
   * Gives the child its own descriptor table. Containers may forbid unshare(2), but not close_range(2) (Linux 5.9), which does the same
   * before it closes a range; the range here is one number that is never in use.
   */
  leaveDescriptors(need: Need = 'may'): void {
    this.may(SYS.unshare, CLONE_FILES);
    const args = [NO_DESCRIPTOR, NO_DESCRIPTOR, CLOSE_RANGE_UNSHARE];
    this.#add({ what: 'have descriptors of its own', need, number: SYS.close_range, args });
  }

  /** Keeps alive the data that the bytes of an argument point to. */
  hold(view: ArrayBufferView): void {
    this.#held.push(view);
  }

  /** The result of a call, -errno if it failed; undefined if it was not made. */
  resultOf({ call }: Result): number | undefined {
    const value = this.#words?.[call * ENTRY.words + ENTRY.result];
    return value === undefined || value === NEVER ? undefined : Number(value);
  }

  /** Encodes the calls for start(); later ones are not made. */
  prepare(): BigInt64Array {
    this.#words ??= this.#encode();
    return this.#words;
  }

  /**
   * Starts the child. It shares this process's descriptors until it calls unshare(CLONE_FILES) or execve: files that it opens before that
   * are open here too. Returns once the child executes a program or has ended; if there is a failure, it has ended.
   */
  start(): StartedChild {
    const words = this.prepare();
    const all = new Uint8Array(8).fill(0xff);
    const before = new Uint8Array(8);
    // Node's signal handlers must not run in the child.
    systemCall(SYS.rt_sigprocmask, SIG_SETMASK, addressOf(all), addressOf(before), 8);
    const { code, stack } = place();
    const flags = CLONE_VM | CLONE_VFORK | CLONE_FILES | SIGCHLD;
    const pid = result(libcClone(code, stack, flags, addressOf(words)));
    systemCall(SYS.rt_sigprocmask, SIG_SETMASK, addressOf(before), 0, 8);
    if (pid < 0) return { pid, failure: { what: 'make a process', errno: -pid } };
    const marker = this.#calls.length;
    if (words[marker * ENTRY.words + ENTRY.result] === NEVER) return { pid };
    systemCall(SYS.wait4, pid, 0, 0, 0);
    const failure = this.#failure();
    return { pid: 0, ...(failure !== undefined && { failure }) };
  }

  #add(call: Call): Result {
    return { call: this.#calls.push(call) - 1 };
  }

  #failure(): StartedChild['failure'] {
    for (const [index, { need, what, expected, again }] of this.#calls.entries()) {
      const value = this.resultOf({ call: index });
      if (value === undefined) continue;
      if (again !== undefined && failed(value) && value !== -again.error) return { what: again.what, errno: -value };
      if (need === 'must' && (expected === undefined ? failed(value) : value !== expected)) {
        return { what, errno: failed(value) ? -value : errno.ESRCH };
      }
    }
    return undefined;
  }

  /** The calls, then two more: one whose result shows that the list was completed, and the final one. */
  #encode(): BigInt64Array {
    const count = this.#calls.length;
    const words = new BigInt64Array((count + 2) * ENTRY.words + 1);
    const base = addressOf(words);
    const address = (index: number) => BigInt(base + index * ENTRY_BYTES);
    const nowhere = BigInt(base + (count + 2) * ENTRY_BYTES);
    const put = (index: number, { number, args, need, special, expected, again }: Omit<Call, 'what'>) => {
      const at = index * ENTRY.words;
      words[at + ENTRY.number] = BigInt(number);
      words[at + ENTRY.result] = NEVER;
      words[at + ENTRY.store] = nowhere;
      const following = address(index + 1);
      words[at + ENTRY.next] = expected === undefined ? following : address(need === 'must' ? count : index + 2);
      words[at + ENTRY.onError] = need === 'must' ? address(count) : following;
      words[at + ENTRY.special] = BigInt(special?.value ?? expected ?? NEVER);
      words[at + ENTRY.onSpecial] = special === undefined ? following : address(special.next);
      if (again !== undefined) {
        words[at + ENTRY.next] = address(again.end);
        words[at + ENTRY.onError] = address(count);
        words[at + ENTRY.special] = BigInt(-again.error);
        words[at + ENTRY.onSpecial] = following;
      }
      for (const [place, argument] of args.entries()) {
        if (isResult(argument)) {
          words[argument.call * ENTRY.words + ENTRY.store] = BigInt(base + 8 * (at + ENTRY.arguments + place));
        } else {
          words[at + ENTRY.arguments + place] = this.#value(argument);
        }
      }
    };
    for (const [index, call] of this.#calls.entries()) put(index, call);
    put(count, { number: SYS.getpid, args: [], need: 'may' });
    put(count + 1, { number: SYS.exit_group, args: [0], need: 'may' });
    return words;
  }

  #value(argument: Exclude<CallArgument, Result>): bigint {
    if (typeof argument === 'number' || typeof argument === 'bigint') return BigInt(argument);
    const view = typeof argument === 'string' ? new TextEncoder().encode(`${argument}\0`) : argument;
    this.#held.push(view);
    return BigInt(addressOf(view));
  }
}

function isResult(argument: CallArgument): argument is Result {
  return typeof argument === 'object' && 'call' in argument;
}

let made: { code: number; stack: number } | undefined;

/** The code, and a stack for the C library's clone(); the child touches only the top of it. */
function place(): { code: number; stack: number } {
  if (made !== undefined) return made;
  const start = systemCall(SYS.mmap, 0, 2 * PAGE_SIZE, PROT.READ | PROT.WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0);
  if (failed(start)) throw new Error(`cannot map a page: errno ${-start}`);
  libc.func('int64_t memcpy(int64_t, int64_t, size_t)')(start, addressOf(CODE), CODE.length);
  const protectedNow = systemCall(SYS.mprotect, start, PAGE_SIZE, PROT.READ | PROT.EXEC);
  if (failed(protectedNow)) throw new Error(`cannot make a page executable: errno ${-protectedNow}`);
  made = { code: start, stack: start + 2 * PAGE_SIZE };
  return made;
}

/** A null-terminated array of C strings, as execve(2) takes it. Its strings are kept alive by the returned object. */
export function stringArray(strings: readonly Uint8Array[]): BigUint64Array {
  const total = strings.reduce((sum, { length }) => sum + length + 1, 0);
  // One block: the pointers, then the strings.
  const words = new BigUint64Array(strings.length + 1 + Math.ceil(total / 8));
  const bytes = new Uint8Array(words.buffer);
  const base = addressOf(words);
  let at = 8 * (strings.length + 1);
  for (const [index, text] of strings.entries()) {
    words[index] = BigInt(base + at);
    bytes.set(text, at);
    at += text.length + 1;
  }
  return words;
}
