import { inspect } from 'node:util';
import { say } from '../language/say.ts';
import type { Call } from '../xen/call/call.ts';
import { type ErrnoName, errno } from '../xen/errno.ts';
import { PAGE_SIZE } from '../xen/memory/heap.ts';
import type { GuestPointer } from './guest-pointer.ts';
import { didYouMean } from './nearest.ts';
import { placeInHandler } from './place.ts';
import type { StructPointer } from './struct.ts';

/** Most bytes of one copy, so that a number from the caller cannot exhaust the daemon's memory: 16 MiB. */
const MAX_COPY = 16 * 1024 * 1024;

/** Ends a handler with an errno: the caller gets -1 and that errno. */
export class HypercallError extends Error {
  readonly errnoName: ErrnoName;
  /** `string`: a string had no end. */
  readonly kind: 'refused' | 'string';

  constructor(errnoName: ErrnoName, message: string, kind: 'refused' | 'string' = 'refused') {
    super(`${errnoName}: ${message}`);
    this.kind = kind;
    this.name = 'HypercallError';
    this.errnoName = errnoName;
  }

  /** The hypercall's result: -errno. */
  get result(): number {
    return -errno[this.errnoName];
  }
}

const encoder = new TextEncoder();
/** A buffer for small copies: allocating a new one for the kernel to write to costs as much as the copy. */
const arrived = Buffer.alloc(PAGE_SIZE);

/** The API for handlers: print, copy from and to the caller, fail. Valid only while the handler runs. */
export class Xen {
  /** The raw call: number, arguments, the calling domain. */
  readonly call: Call;
  /** The addresses that the structs of this call came from, if there are any. */
  #origins: Map<object, StructPointer<unknown>> | undefined;

  constructor(call: Call) {
    this.call = call;
  }

  /** The id of the calling domain; 0 for dom0. */
  get domid(): number {
    return this.call.domain.id;
  }

  /**
   * Prints to the console ring, and so to dmesg. Adds a missing newline at the end. A value other than a string is printed as
   * console.log would, on one line.
   */
  printk(text: unknown): void {
    const line = typeof text === 'string' ? text : inspect(text, { breakLength: Number.POSITIVE_INFINITY });
    const odd = /\[object \w+\]|\bNaN\b|\bundefined\b/.exec(line)?.[0];
    if (odd !== undefined) this.call.remark ??= { kind: 'printed', text: odd, ...placeInHandler(this.call) };
    this.call.hypervisor.console.printk(line.endsWith('\n') ? line : `${line}\n`);
  }

  /** `length` bytes from the caller's memory. Ends the handler with EFAULT if they cannot be read, or E2BIG above 16 MiB. */
  copyFromGuest(from: GuestPointer, length: number): Uint8Array {
    if (!(length >= 0 && length <= MAX_COPY))
      this.fail('E2BIG', say('a copy of {size} bytes; the limit is {most}', { size: length, most: MAX_COPY }));
    const into = length <= PAGE_SIZE ? arrived : new Uint8Array(length);
    if (!this.call.copyFromGuest(from.address, into, length)) {
      this.fail(
        'EFAULT',
        say('cannot read {size} bytes at 0x{address} in the caller', {
          size: length,
          address: from.address.toString(16),
        }),
      );
    }
    return into === arrived ? new Uint8Array(arrived.subarray(0, length)) : into;
  }

  /** Writes bytes, or a text as UTF-8 without a NUL, to the caller's memory. Ends the handler with EFAULT if that fails. */
  copyToGuest(to: GuestPointer, data: Uint8Array | string): void {
    const from = typeof data === 'string' ? encoder.encode(data) : data;
    if (!this.call.copyToGuest(to.address, from)) {
      this.fail(
        'EFAULT',
        say('cannot write {size} bytes at 0x{address} in the caller', {
          size: from.length,
          address: to.address.toString(16),
        }),
      );
    }
  }

  /** The struct at `from`. Ends the handler with EFAULT if it cannot be read. */
  copyStructFromGuest<T>(from: StructPointer<T>): T {
    const bytes = this.copyFromGuest(from, from.type.size);
    const value = from.type.field.read(new DataView(bytes.buffer), 0, this.call);
    if (typeof value === 'object' && value !== null) {
      this.#origins ??= new Map();
      this.#origins.set(value, from);
    }
    return value;
  }

  /** Writes a whole struct to the caller, with zeros as padding. Ends the handler with EFAULT if that fails. */
  copyStructToGuest<T>(to: StructPointer<T>, value: T): void {
    const bytes = new Uint8Array(to.type.size);
    to.type.field.write(new DataView(bytes.buffer), 0, value);
    this.copyToGuest(to, bytes);
  }

  /** Writes a struct that came as an argument back to its address in the caller, with the handler's changes. */
  copyBack(value: object): void {
    const origin = this.#origins?.get(value);
    if (origin === undefined)
      throw new TypeError(say('copyBack: this object did not come from the caller: pass the argument itself'));
    this.copyStructToGuest(origin, value);
  }

  /**
   * The NUL-terminated string at `from`. Ends the handler with EFAULT if the memory ends before the string, or E2BIG if it is longer than
   * `limit` bytes.
   */
  readString(from: GuestPointer, limit: number): string {
    const parts: Uint8Array[] = [];
    let length = 0;
    for (let address = from.address; ; ) {
      const size = Math.min(PAGE_SIZE - (address % PAGE_SIZE), limit + 1 - length);
      if (!this.call.copyFromGuest(address, arrived, size)) {
        const message = say('cannot read a string at 0x{address} in the caller', {
          address: from.address.toString(16),
        });
        throw new HypercallError('EFAULT', message, length > 0 ? 'string' : 'refused');
      }
      const found = arrived.indexOf(0);
      const end = found < size ? found : -1; // bytes after these are from an earlier copy
      if (end >= 0 && parts.length === 0) return arrived.toString('utf8', 0, end);
      parts.push(new Uint8Array(arrived.subarray(0, end < 0 ? size : end)));
      length += end < 0 ? size : end;
      if (end >= 0) return Buffer.concat(parts).toString();
      if (length > limit)
        throw new HypercallError('E2BIG', say('the string has no end within {limit} bytes', { limit }), 'string');
      address += size;
    }
  }

  /** Ends the handler: the caller gets -1 and this errno. */
  fail(errnoName: ErrnoName, message = say('refused by the handler')): never {
    if (!Object.hasOwn(errno, errnoName)) {
      throw new TypeError(
        say("xen.fail: there is no errno '{name}'{suggestion}", {
          name: errnoName,
          suggestion: didYouMean(errnoName, Object.keys(errno)),
        }),
      );
    }
    throw new HypercallError(errnoName, message);
  }
}
