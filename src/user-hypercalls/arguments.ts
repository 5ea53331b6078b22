import type { Call } from '../xen/call/call.ts';
import { GuestPointer } from './guest-pointer.ts';
import type { StructType } from './struct.ts';
import type { Xen } from './xen.ts';

/** Longest string that a handler gets unless it sets `limit`, in bytes without the NUL. */
const DEFAULT_STRING_LIMIT = 4096;

/** A field type of a struct: its layout, and how to read and write it. Sizes in bytes. */
export interface FieldType<T> {
  readonly size: number;
  readonly align: number;
  /** The struct type of a nested struct or an array of structs. */
  struct?(): StructType<unknown>;
  /** Returns the member's declaration in C. */
  declare(member: string): string;
  /** `call`: the one whose caller's memory this is. */
  read(view: DataView, at: number, call?: Call): T;
  write(view: DataView, at: number, value: T): void;
}

/** Decodes an argument of a hypercall, and describes its C type. */
export interface Argument<T> {
  readonly kind: string;
  /** Its type as a field of a struct; absent if it can only be an argument. */
  readonly field?: FieldType<T> | undefined;
  /** The struct type of a pointer to a struct. */
  struct?(): StructType<unknown>;
  /** The C type in the generated header. */
  readonly cType: string;
  /** For bytes: their number, or the name of the argument that contains it. */
  readonly length?: number | string;
  /** `index` is the argument's position, 0 to 4; `earlier` are the arguments decoded before it. */
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
  return { kind: 'pointer', cType, decode: (xen, index) => new GuestPointer(xen.call.address(index), xen.call) };
}

/** Bytes in the caller's memory, copied: `length` of them, or the number in the named earlier argument. */
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

/** A number of 8 bits, 0 to 255; as an argument the low 8 bits. */
export const u8: Argument<number> = {
  kind: 'u8',
  cType: 'uint8_t',
  field: numberField('uint8_t', 1, 'getUint8', 'setUint8'),
  decode: (xen, index) => xen.call.u32(index) & 0xff,
};
/** A number of 16 bits, 0 to 65535. */
export const u16: Argument<number> = {
  kind: 'u16',
  cType: 'uint16_t',
  field: numberField('uint16_t', 2, 'getUint16', 'setUint16'),
  decode: (xen, index) => xen.call.u32(index) & 0xffff,
};
/** A number of 32 bits, 0 to 4294967295. */
export const u32: Argument<number> = {
  kind: 'u32',
  cType: 'uint32_t',
  field: numberField('uint32_t', 4, 'getUint32', 'setUint32'),
  decode: (xen, index) => xen.call.u32(index),
};
/** A signed number of 32 bits: an int. */
export const i32: Argument<number> = {
  kind: 'i32',
  cType: 'int32_t',
  field: numberField('int32_t', 4, 'getInt32', 'setInt32'),
  decode: (xen, index) => xen.call.i32(index),
};
/** A number of 64 bits: a bigint, for it may be larger than a JavaScript number can hold. */
export const u64: Argument<bigint> = {
  kind: 'u64',
  cType: 'uint64_t',
  field: bigField('uint64_t', 'getBigUint64', 'setBigUint64'),
  decode: (xen, index) => xen.call.u64(index),
};
/** A signed number of 64 bits: a long. */
export const i64: Argument<bigint> = {
  kind: 'i64',
  cType: 'int64_t',
  field: bigField('int64_t', 'getBigInt64', 'setBigInt64'),
  decode: (xen, index) => BigInt.asIntN(64, xen.call.u64(index)),
};

function numberField(
  cType: string,
  size: number,
  get: 'getUint8' | 'getUint16' | 'getUint32' | 'getInt32',
  set: 'setUint8' | 'setUint16' | 'setUint32' | 'setInt32',
): FieldType<number> {
  return {
    size,
    align: size,
    declare: (member) => `${cType} ${member}`,
    read: (view, at) => view[get](at, true),
    write: (view, at, value) => view[set](at, value, true),
  };
}

/** Aligned to 8 also in a 32-bit program, as Xen's uint64_aligned_t. */
function bigField(
  cType: string,
  get: 'getBigUint64' | 'getBigInt64',
  set: 'setBigUint64' | 'setBigInt64',
): FieldType<bigint> {
  return {
    size: 8,
    align: 8,
    declare: (member) => `${cType} ${member} __attribute__((aligned(8)))`,
    read: (view, at) => view[get](at, true),
    write: (view, at, value) => view[set](at, BigInt(value), true),
  };
}

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
