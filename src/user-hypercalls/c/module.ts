// Runs a compiled module's hypercalls: provides Xen's functions and catches errors that would crash Xen.

import { setFlagsFromString } from 'node:v8';
import { say } from '../../language/say.ts';
import { u64 } from '../arguments.ts';
import { type Arguments, MAX_ARGUMENTS, type UserHypercall } from '../define.ts';
import { GuestPointer } from '../guest-pointer.ts';
import { HypercallError, type Xen } from '../xen.ts';
import { CHandlerError } from './handler-error.ts';
import { ModuleState } from './module-state.ts';
import { type CHypercall, parameterText } from './parse.ts';
import { bindServices, type Running, type StructReader } from './services.ts';

/** Longest text that %s prints. */
const MAX_TEXT = 4096;

/** The page at address 0 is invalid (include/runtime/access.c). */
const NULL_PAGE = 4096n;
/** The first release that cannot dereference a guest's pointer, because it uses SMAP. */
const FIRST_WITH_SMAP = 405;

const decoder = new TextDecoder();

/** A module with nothing but a 64-bit memory. */
const memory64 = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 3, 1, 4, 0]);

/** Modules have Xen's word size, 64 bits. Node 20 and 22 need a flag for that; later versions report an unknown flag. */
function enableMemory64(): void {
  if (!WebAssembly.validate(memory64)) setFlagsFromString('--experimental-wasm-memory64');
}

/** The hypercalls of a module, each by its entry `fauxen_entry_NAME`. */
export function moduleHypercalls(
  wasm: Uint8Array<ArrayBuffer>,
  found: readonly (CHypercall & { number: number; source: string })[],
): UserHypercall[] {
  enableMemory64();
  const running = new RunningModule();
  const env = bindServices(() => running);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm), { env });
  running.exports = exports;
  running.memory = exports.memory as WebAssembly.Memory; // the linker exports these under these names
  const state = new ModuleState(exports);
  let started = false;
  return found.map(({ name, number, parameters, source }) => {
    const entry = exports[`fauxen_entry_${name}`] as (...args: bigint[]) => bigint; // build() appended it
    const args: Arguments = Object.fromEntries(
      parameters.slice(0, MAX_ARGUMENTS).map((parameter) => [parameter.name, u64]),
    );
    return {
      name,
      number,
      args,
      prototype: parameters.map(parameterText),
      source,
      handler(decoded, xen) {
        running.xen = xen;
        try {
          state.begin();
          if (!started) (exports.__wasm_call_ctors as () => void)();
          started = true;
          const raw = Object.values(decoded) as bigint[]; // u64 decodes to bigint
          const result = entry(...raw, ...new Array<bigint>(6 - raw.length).fill(0n));
          state.end();
          return result;
        } catch (error) {
          if (error instanceof PointerError && !error.isNull && !state.stackIsFull) {
            xen.call.remark ??= { kind: 'pointer', text: say('that its caller passed'), at: source };
          }
          throw explainTrap(name, error, state.stackIsFull);
        } finally {
          running.xen = undefined;
        }
      },
    };
  });
}

/** The state of the module and the current call, for the services. */
class RunningModule implements Running {
  exports: Record<string, unknown> = {};
  memory!: WebAssembly.Memory;
  xen: Xen | undefined;
  #warned = false;
  readonly #lists = new Map<bigint, readonly unknown[]>();
  readonly #constants = new Map<bigint, string>();

  get call() {
    if (this.xen === undefined) throw new CHandlerError(say('no hypercall is running'));
    return this.xen.call;
  }

  get view(): DataView {
    return new DataView(this.memory.buffer);
  }

  readonly inside = (at: bigint, bytes: bigint): Uint8Array => {
    if (at + bytes > BigInt(this.memory.buffer.byteLength)) {
      throw new CHandlerError(
        say("the hypervisor's side of a copy is 0x{address}, which is not its memory", { address: at.toString(16) }),
      );
    }
    return new Uint8Array(this.memory.buffer, Number(at), Number(bytes));
  };

  follow(at: bigint, writes: boolean): void {
    const { hypervisor } = this.call;
    const { major, minor } = hypervisor.abi;
    const shown = `0x${at.toString(16)}`;
    if (at < NULL_PAGE || major * 100 + minor >= FIRST_WITH_SMAP) throw new PointerError(at);
    this.call.remark ??= {
      kind: 'pointer',
      text: say("{shown}, dereferenced as if it were the hypervisor's,", { shown }),
    };
    if (this.#warned) return;
    this.#warned = true;
    const [how, copy] = writes ? [say('written'), 'copy_to_guest'] : [say('read'), 'copy_from_guest'];
    hypervisor.console.printk(
      `<1>${say("a guest's pointer {shown} was {how} through without a copy: Xen before 4.5, without SMAP, allows that, later releases fault; use {copy}", { shown, how, copy })}\n`,
    );
  }

  number(name: StructReader, at: bigint): number {
    return Number((this.exports[name] as (at: bigint) => bigint)(at)); // build() exports them
  }

  readonly list = <T>(at: bigint, count: bigint, meanings: Readonly<Record<string, T>>): readonly (T | undefined)[] => {
    const known = this.#lists.get(at);
    if (known !== undefined) return known as readonly (T | undefined)[]; // by their addresses in the module, which mean the same there
    const { view } = this;
    const found = Array.from(
      { length: Number(count) },
      (_, index) => meanings[this.constant(view.getBigUint64(Number(at) + 8 * index, true))],
    );
    this.#lists.set(at, found);
    return found;
  };

  readonly constant = (at: bigint): string => {
    const known = this.#constants.get(at);
    if (known !== undefined) return known;
    const text = this.text(at);
    this.#constants.set(at, text);
    return text;
  };

  text(at: bigint): string {
    if (at === 0n) return '(null)';
    if (at >= BigInt(this.memory.buffer.byteLength)) return this.#callersText(at);
    const bytes = new Uint8Array(this.memory.buffer, Number(at));
    const end = bytes.indexOf(0);
    return decoder.decode(bytes.subarray(0, end < 0 ? MAX_TEXT : Math.min(end, MAX_TEXT)));
  }

  /** Reads through a guest's pointer and reports it, as a Xen without SMAP can read it. */
  #callersText(at: bigint): string {
    const shown = `0x${at.toString(16)}`;
    let text: string;
    try {
      text = this.xen?.readString(new GuestPointer(Number(at)), MAX_TEXT) ?? '';
    } catch (error) {
      if (error instanceof HypercallError)
        throw new CHandlerError(say('%s of {shown}, where the caller has nothing mapped', { shown }));
      throw error;
    }
    this.call.remark ??= { kind: 'pointer', text: say('{shown}, printed with %s,', { shown }) };
    this.call.hypervisor.console.printk(
      `<1>${say("a guest's pointer {shown} was printed with %s without a copy: Xen before 4.5, without SMAP, prints it, later releases fault; use copy_from_guest", { shown })}\n`,
    );
    return text;
  }
}

/** The module accessed an address outside its memory. */
class PointerError extends Error {
  readonly #at: bigint;

  constructor(at: bigint) {
    super();
    this.#at = at;
  }

  get isNull(): boolean {
    return this.#at < NULL_PAGE;
  }

  get reason(): string {
    return this.isNull
      ? say(
          'dereferenced NULL, or a field of a struct at NULL (0x{address}): a real Xen crashes; check what xmalloc and look-ups return',
          { address: this.#at.toString(16) },
        )
      : say(
          "dereferenced a pointer that is not the hypervisor's (0x{address}): a guest's address must go through copy_from_guest or copy_to_guest",
          { address: this.#at.toString(16) },
        );
  }
}

/** The message for an error that has no suitable message itself. */
function explainTrap(name: string, error: unknown, stackIsFull: boolean): unknown {
  const isRecursion = error instanceof RangeError && /call stack/.test(error.message);
  if (!(error instanceof PointerError || error instanceof WebAssembly.RuntimeError || isRecursion)) return error;
  const frames = [...(error.stack ?? '').matchAll(/at (\w+) \(wasm:/g)].map(([, each = '']) => each);
  const own = `do_${name}`;
  const innermost = frames.find((each) => !each.startsWith('fauxen_')) ?? own;
  const where = innermost === own ? own : say('{innermost} in {own}', { innermost, own });
  if (stackIsFull || isRecursion) {
    return new CHandlerError(
      say(
        "{where} has overflowed the stack: Xen's is small (8 KiB in newer releases), so use xmalloc for large arrays, and avoid endless recursion",
        { where },
      ),
    );
  }
  if (/null function|signature mismatch|table index/.test(error.message))
    return new CHandlerError(
      say('{where} called a function through a pointer that is NULL or points to a function of another type', {
        where,
      }),
    );
  return new CHandlerError(error instanceof PointerError ? `${where} ${error.reason}` : `${where}: ${error.message}`);
}
