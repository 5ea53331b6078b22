import type { Fill, Kind, Place, Script, Value } from './script.ts';
import { Buffer, Variable } from './script.ts';

/** A pointer to a buffer in some place, or to an unmapped address. */
export type Pointer = Place | 'null' | 'unmapped' | 'xen' | 'noncanonical';

const addresses: Partial<Record<Pointer, bigint>> = {
  null: 0n,
  unmapped: 0xdeadbeef000n,
  xen: 0xffff800000001000n,
  noncanonical: 0x800000000000000n,
};

export const POINTERS: readonly Pointer[] = [
  'plain',
  'null',
  'unmapped',
  'xen',
  'noncanonical',
  'straddling',
  'readonly',
  'misaligned',
  'crossing',
];

/** A domain, and its name in lines. */
export interface Named {
  readonly name: string;
  readonly value: bigint;
}

/** A value of a field. The first of a field's settings is its base: its value while other fields vary. */
export type Setting = number | bigint | Pointer | Variable | Named;

export interface OperationField {
  readonly label: string;
  /** In the struct, or the index of the hypercall's argument. */
  readonly at: { readonly offset: number } | { readonly argument: number };
  readonly size: number;
  readonly settings: readonly Setting[];
  /** What a pointer points to. */
  readonly bytes: number;
  readonly fill: Fill;
  /** How the field is printed if the call changes it. For a pointer: how its buffer is printed; `any` prints nothing. */
  readonly kind: Kind;
  /** Where its value is kept if the call succeeds. */
  readonly keep?: Variable;
}

/** A row of the table: a hypercall with a struct, its fields, and their settings. */
export interface Operation {
  readonly name: string;
  readonly hypercall: number;
  /** Bytes of the struct. */
  readonly size: number;
  readonly fixed: readonly { offset: number; size: number; value: bigint }[];
  readonly fields: readonly OperationField[];
  /** The arguments around the pointer to the struct. */
  args(script: Script, struct: Value): Value[];
  /** How many random combinations of settings a sweep tries. */
  readonly random: number;
  /** Whether the struct itself may be at odd places; not for operations that change a lot. */
  readonly odd: boolean;
  /** The fields' values in a second call, after each. */
  readonly undo: readonly (number | bigint)[] | undefined;
}

const isNamed = (setting: Setting): setting is Named => typeof setting === 'object' && !(setting instanceof Variable);

export function settingText(setting: Setting): string {
  if (typeof setting === 'string') return setting;
  if (setting instanceof Variable || isNamed(setting)) return setting.name;
  return `0x${BigInt.asUintN(64, BigInt(setting)).toString(16)}`;
}

/** A buffer, or an unmapped address. */
export function pointTo(script: Script, pointer: Pointer, bytes: number, fill: Fill = 'zeroes'): Value {
  return addresses[pointer] ?? script.buffer(bytes, pointer as Place, fill); // a setting without an address is a place
}

/** The arguments of the second call, which undoes each. */
function undoneWith(script: Script, operation: Operation): Value[] | undefined {
  if (operation.undo === undefined) return undefined;
  const struct = script.buffer(operation.size);
  for (const { offset, size, value } of operation.fixed) script.store(struct, offset, size, value);
  for (const [index, value] of operation.undo.entries()) {
    const field = operation.fields[index];
    if (field !== undefined && 'offset' in field.at) script.store(struct, field.at.offset, field.size, BigInt(value));
  }
  return operation.args(script, struct);
}

/** Adds one call to a script, with each field at the setting of the given index (default 0). */
export function ask(
  script: Script,
  id: string,
  operation: Operation,
  choice: readonly number[],
  place: Pointer = 'plain',
) {
  const asked: string[] = place === 'plain' ? [] : [`struct=${place}`];
  const struct = pointTo(script, place, operation.size);
  const at = struct instanceof Buffer ? struct : undefined;
  if (at !== undefined) for (const { offset, size, value } of operation.fixed) script.store(at, offset, size, value);
  const args = operation.args(script, struct);
  const pointed: [Buffer, OperationField][] = [];
  operation.fields.forEach((field, index) => {
    const chosen = choice[index] ?? 0;
    const setting = field.settings[chosen];
    if (setting === undefined) throw new RangeError(`${operation.name}: ${field.label} has no setting ${chosen}`);
    if (chosen > 0) asked.push(`${field.label}=${settingText(setting)}`);
    let value: Value;
    if (typeof setting === 'string') value = pointTo(script, setting, field.bytes, field.fill);
    else if (setting instanceof Variable) value = setting;
    else value = isNamed(setting) ? setting.value : BigInt(setting);
    if (value instanceof Buffer) pointed.push([value, field]);
    if ('argument' in field.at) args[field.at.argument] = value;
    else if (at !== undefined) script.store(at, field.at.offset, field.size, value);
  });
  const undoing = undoneWith(script, operation);
  script.call(operation.hypercall, args);
  if (undoing !== undefined) script.undo(operation.hypercall, undoing);
  if (at !== undefined) {
    for (const field of operation.fields) {
      if ('argument' in field.at) continue;
      script.show(at, field.at.offset, field.size, field.kind, field.label);
      if (field.keep !== undefined) script.keep(field.keep, at, field.at.offset, field.size);
    }
    script.showRest(at, 'rest');
  }
  for (const [buffer, field] of pointed) if (field.kind !== 'any') script.showRest(buffer, field.label);
  script.emit(id, asked.join(' '));
}
