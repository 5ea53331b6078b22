import { say } from '../language/say.ts';
import type { StructData } from '../xen/abi/layout.ts';
import type { Call } from '../xen/call/call.ts';
import type { Argument, FieldType } from './arguments.ts';
import { GuestPointer } from './guest-pointer.ts';

/** The fields of a struct in their order in memory: u32, i64, chars(16), array(u8, 4), another struct ... */
export type Fields = Readonly<Record<string, { readonly field?: FieldType<unknown> | undefined }>>;

/** The type of a struct in a handler: an object with its fields. */
export type StructValue<F extends Fields> = {
  -readonly [K in keyof F]: F[K] extends { field?: FieldType<infer T> | undefined } ? T : never;
};

/** A struct of C, laid out as a compiler for x86-64 does. */
export interface StructType<T> extends Argument<T> {
  readonly kind: 'struct';
  /** Its tag in C. */
  readonly name: string;
  readonly size: number;
  readonly align: number;
  /** Offsets in bytes, for the header and for traces. */
  readonly layout: StructData;
  /** Name and type of each field, for the header. */
  readonly members: readonly (readonly [string, FieldType<unknown>])[];
  readonly field: FieldType<T>;
  /** Structs that are members of this one. */
  readonly inner: readonly StructType<unknown>[];
}

/** An address in the caller's memory at which there is a struct: see xen.copyStructFromGuest, xen.copyStructToGuest. */
export class StructPointer<T> extends GuestPointer {
  readonly type: StructType<T>;

  constructor(address: number, type: StructType<T>, call?: Call) {
    super(address, call);
    this.type = type;
  }
}

/**
 * Declares a struct. As an argument it is a pointer to the struct, which is copied in before the handler runs; the handler gets an
 * object, and may change it and `xen.copyBack(it)`. Throws TypeError for a field without a layout (string(): use chars(n)).
 *
 * @example const point = struct('point', { x: i32, y: i32, label: chars(16) });
 */
export function struct<F extends Fields>(name: string, fields: F): StructType<StructValue<F>> {
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw new TypeError(say('struct: name must be a C identifier, got {got}', { got: JSON.stringify(name) }));
  const members: [string, FieldType<unknown>][] = [];
  const offsets: number[] = [];
  const inner: StructType<unknown>[] = [];
  const layout: StructData = { size: 0, fields: {} };
  let end = 0;
  let align = 1;
  for (const [path, { field }] of Object.entries(fields)) {
    if (field === undefined)
      throw new TypeError(
        say('struct {name}: {field} has no layout: use u32, i64, chars(n), address, array(u8, n) …', {
          name,
          field: path,
        }),
      );
    const type = field as FieldType<unknown>; // values go back to the field that they came from
    const offset = Math.ceil(end / type.align) * type.align;
    members.push([path, type]);
    if (type.struct !== undefined) inner.push(type.struct());
    offsets.push(offset);
    layout.fields[path] = [offset, type.size, type.declare('').trim()];
    end = offset + type.size;
    align = Math.max(align, type.align);
  }
  const size = Math.ceil(end / align) * align;
  layout.size = size;
  const field: FieldType<StructValue<F>> = {
    size,
    align,
    struct: () => self,
    declare: (member) => `struct ${name} ${member}`,
    read(view, at, call) {
      const value: Record<string, unknown> = {};
      for (const [index, [path, type]] of members.entries()) value[path] = type.read(view, at + offsets[index]!, call);
      return value as StructValue<F>; // each field as its type reads it
    },
    write(view, at, value) {
      const values: Record<string, unknown> = value;
      for (const [index, [path, type]] of members.entries()) type.write(view, at + offsets[index]!, values[path]);
    },
  };
  const self: StructType<StructValue<F>> = {
    kind: 'struct',
    cType: `struct ${name} *`,
    name,
    size,
    align,
    layout,
    members,
    field,
    inner,
    struct: () => self,
    decode: (xen, index) => xen.copyStructFromGuest(new StructPointer(xen.call.address(index), self, xen.call)),
  };
  return self;
}

/** Declares the argument as a pointer to a struct that is not copied in, for a handler that only writes it. */
export function structPointer<T>(type: StructType<T>): Argument<StructPointer<T>> {
  return {
    kind: 'pointer',
    cType: type.cType,
    struct: () => type,
    decode: (xen, index) => new StructPointer(xen.call.address(index), type, xen.call),
  };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A field of text: `char name[length]`, terminated by a 0 byte unless it fills the field. Longer text is truncated. */
export function chars(length: number): { readonly field: FieldType<string> } {
  return {
    field: {
      size: length,
      align: 1,
      declare: (member) => `char ${member}[${length}]`,
      read(view, at) {
        const bytes = new Uint8Array(view.buffer, view.byteOffset + at, length);
        const end = bytes.indexOf(0);
        return decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
      },
      write(view, at, value) {
        const bytes = new Uint8Array(view.buffer, view.byteOffset + at, length);
        bytes.fill(0);
        encoder.encodeInto(String(value), bytes);
      },
    },
  };
}

/** A field that holds an address in the caller's memory: 64 bits, also in a 32-bit program (XEN_GUEST_HANDLE_64). */
export const address: { readonly field: FieldType<GuestPointer> } = {
  field: {
    size: 8,
    align: 8,
    declare: (member) => `uint64_t ${member} __attribute__((aligned(8)))`,
    read: (view, at, call) => new GuestPointer(view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true), call),
    write: (view, at, value) => view.setBigUint64(at, BigInt(value.address), true),
  },
};

/** An array field: `type name[length]`. */
export function array<T>(
  type: { readonly field?: FieldType<T> | undefined },
  length: number,
): { readonly field: FieldType<T[]> } {
  const { field } = type;
  if (field === undefined) throw new TypeError(say('array: its type has no layout: use u8, u32, a struct …'));
  return {
    field: {
      size: field.size * length,
      align: field.align,
      ...(field.struct !== undefined && { struct: field.struct }),
      declare: (member) => field.declare(`${member}[${length}]`),
      read: (view, at, call) => Array.from({ length }, (_, index) => field.read(view, at + index * field.size, call)),
      write(view, at, value) {
        for (let index = 0; index < length; index += 1) {
          const each = value[index];
          if (each !== undefined) field.write(view, at + index * field.size, each);
        }
      },
    },
  };
}
