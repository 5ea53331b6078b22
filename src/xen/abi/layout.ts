// Struct layouts as data: a field is found by its path once, then read and written through a DataView.

/** [offset, size, C type], as scripts/generate/abi.ts writes them. */
type FieldData = [number, number, string];

export interface StructData {
  size: number;
  fields: Record<string, FieldData>;
}

/** A field of 1, 2, 4 or 8 bytes, or a blob. `offset` and `size` in bytes; `base` is where the struct starts in the view. */
export class Field {
  readonly path: string;
  readonly offset: number;
  readonly size: number;
  readonly type: string;

  constructor(path: string, [offset, size, type]: FieldData) {
    this.path = path;
    this.offset = offset;
    this.size = size;
    this.type = type;
  }

  /** The unsigned value; an 8-byte field as a double, exact up to 2^53 (pointers and counts). */
  get(view: DataView, base = 0): number {
    const at = base + this.offset;
    switch (this.size) {
      case 1:
        return view.getUint8(at);
      case 2:
        return view.getUint16(at, true);
      case 4:
        return view.getUint32(at, true);
      case 8:
        return view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);
      default:
        throw new RangeError(`field ${this.path} has ${this.size} bytes: not a number`);
    }
  }

  getBig(view: DataView, base = 0): bigint {
    return this.size === 8 ? view.getBigUint64(base + this.offset, true) : BigInt(this.get(view, base));
  }

  /** Stores the low bits of `value`; for 8 bytes a non-negative double up to 2^53 or a negative 32-bit number. */
  set(view: DataView, value: number, base = 0): void {
    const at = base + this.offset;
    switch (this.size) {
      case 1:
        view.setUint8(at, value);
        return;
      case 2:
        view.setUint16(at, value, true);
        return;
      case 4:
        view.setUint32(at, value, true);
        return;
      case 8:
        view.setUint32(at, value, true);
        view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
        return;
      default:
        throw new RangeError(`field ${this.path} has ${this.size} bytes: not a number`);
    }
  }

  setBig(view: DataView, value: bigint, base = 0): void {
    if (this.size === 8) view.setBigUint64(base + this.offset, BigInt.asUintN(64, value), true);
    else this.set(view, Number(BigInt.asUintN(this.size * 8, value)), base);
  }
}

export class Struct {
  readonly name: string;
  readonly size: number;
  readonly data: StructData;
  readonly #fields = new Map<string, Field>();

  constructor(name: string, data: StructData) {
    this.name = name;
    this.size = data.size;
    this.data = data;
    for (const [path, field] of Object.entries(data.fields)) this.#fields.set(path, new Field(path, field));
  }

  has(path: string): boolean {
    return this.#fields.has(path);
  }

  /** The field at `path` ("u.readconsole.count"). Throws if this version's struct has none: ask `has` first. */
  field(path: string): Field {
    const field = this.#fields.get(path);
    if (field === undefined) throw new RangeError(`struct ${this.name} has no field ${path} in this version of Xen`);
    return field;
  }

  paths(): IterableIterator<string> {
    return this.#fields.keys();
  }
}
