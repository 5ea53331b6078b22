import { GuestPointer } from './guest-pointer.ts';
import type { Xen } from './xen.ts';

/** Longest string that a handler gets unless it sets `limit`, in bytes without the NUL. */
export const DEFAULT_STRING_LIMIT = 4096;

/** How one of a hypercall's arguments is decoded, and how it looks in C. */
export interface Argument<T> {
  readonly kind: string;
  /** The C type in the generated header. */
  readonly cType: string;
  /** Of bytes: how many, or the name of the argument that says it. */
  readonly length?: number | string;
  /** `index` is the argument's place, 0 to 4; `earlier` the arguments decoded before it. */
  decode(xen: Xen, index: number, earlier: Readonly<Record<string, unknown>>): T;
}

export interface StringOptions {
  /** Most bytes without the NUL; a longer string is E2BIG. Default 4096. */
  limit?: number;
}

/** A NUL-terminated string in the caller's memory, copied and decoded as UTF-8. NULL is EFAULT, unless `nullable`. */
export function string(options: StringOptions & { nullable: true }): Argument<string | null>;
export function string(options?: StringOptions & { nullable?: false }): Argument<string>;
export function string(options: StringOptions & { nullable?: boolean } = {}): Argument<string | null> {
  return {
    kind: 'string',
    cType: 'const char *',
    decode(xen, index) {
      const address = xen.call.address(index);
      if (address === 0 && options.nullable) return null;
      return xen.readString(new GuestPointer(address), options.limit ?? DEFAULT_STRING_LIMIT);
    },
  };
}

/** A pointer that the handler itself copies from or to. */
export function pointer(cType = 'void *'): Argument<GuestPointer> {
  return { kind: 'pointer', cType, decode: (xen, index) => new GuestPointer(xen.call.address(index)) };
}

/** Bytes in the caller's memory, copied: `length` of them, or as many as the named earlier argument says. */
export function bytes(options: { length: number | string }): Argument<Uint8Array> {
  return {
    kind: 'bytes',
    cType: 'const void *',
    length: options.length,
    decode(xen, index, earlier) {
      const length = typeof options.length === 'number' ? options.length : Number(earlier[options.length]);
      return xen.copyFromGuest(new GuestPointer(xen.call.address(index)), length);
    },
  };
}

export const u32: Argument<number> = { kind: 'u32', cType: 'uint32_t', decode: (xen, index) => xen.call.u32(index) };
export const i32: Argument<number> = { kind: 'i32', cType: 'int32_t', decode: (xen, index) => xen.call.i32(index) };
export const u64: Argument<bigint> = { kind: 'u64', cType: 'uint64_t', decode: (xen, index) => xen.call.u64(index) };
export const i64: Argument<bigint> = {
  kind: 'i64',
  cType: 'int64_t',
  decode: (xen, index) => BigInt.asIntN(64, xen.call.u64(index)),
};

/** A 64-bit little-endian integer, for `xen.copyToGuest` into a `long long`. */
export function int64(value: bigint | number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigInt64(0, BigInt(value), true);
  return new Uint8Array(view.buffer);
}

/** A 32-bit little-endian integer, for `xen.copyToGuest` into an `int`. */
export function int32(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setInt32(0, value, true);
  return new Uint8Array(view.buffer);
}
