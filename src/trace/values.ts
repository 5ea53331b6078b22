import type { Abi } from '../xen/abi/abi.ts';
import { Struct } from '../xen/abi/layout.ts';
import type { Parameter } from '../xen/call/signatures.ts';
import type { TracedCall } from './decoder.ts';
import { hex } from './hex.ts';
import type { SubOperationNote } from './record.ts';

/** Characters of a string that a line shows. */
const SHOWN = 48;

/** Formats an argument for a line. */
export function argumentText(call: TracedCall, index: number, parameter: Parameter): string {
  const value = call.args[index] ?? 0n;
  const bytes = call.before.get(index);
  switch (parameter.kind) {
    case 'command':
      return commandOf(call, value)?.name ?? numberText(value);
    case 'signed':
      return String(BigInt.asIntN(64, value));
    case 'number':
      return numberText(value);
    case 'string':
      return pointed(value, bytes, (data) => quoted(data.subarray(0, endOf(data)), endOf(data) < 0));
    case 'bytes':
      return pointed(value, bytes, (data) => quoted(data, false));
    case 'struct': {
      if (parameter.byCommand) return pointerText(value);
      const sub = structCommand(call, parameter, bytes);
      return sub === undefined ? pointerText(value) : `${pointerText(value)}{${sub.name}}`;
    }
    default:
      return pointerText(value);
  }
}

/** Formats an argument for JSON. Numbers that a double cannot hold exactly become text. */
export function argumentValue(call: TracedCall, index: number, parameter: Parameter): unknown {
  const value = call.args[index] ?? 0n;
  const bytes = call.before.get(index);
  if (parameter.kind === 'command') return commandOf(call, value)?.name ?? Number(value);
  if (parameter.kind === 'string' && bytes !== undefined && bytes.length > 0) {
    const end = endOf(bytes);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  }
  if (parameter.kind === 'bytes' && bytes !== undefined)
    return { at: hex(value), hex: Buffer.from(bytes).toString('hex') };
  if (parameter.kind === 'number') return value <= Number.MAX_SAFE_INTEGER ? Number(value) : hex(value);
  if (parameter.kind === 'signed') return Number(BigInt.asIntN(64, value));
  return value === 0n ? null : hex(value);
}

/** The fields of a struct as [path, value]: all fields of a user's struct; the head and the sub-operation's part of one of Xen's. */
export function structFields(call: TracedCall, parameter: Parameter, bytes: Uint8Array, abi: Abi): [string, string][] {
  const struct = structOf(call, parameter, abi);
  if (struct === undefined) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sub = parameter.byCommand ? undefined : structCommand(call, parameter, bytes);
  const part = parameter.byCommand ? statusPart(struct, view) : (sub?.member ?? sub?.name);
  const fields = fieldsOf(struct, bytes, view, 0, (path) => {
    const union = /^u\.(\w+)/.exec(path)?.[1];
    return union === undefined || union === part;
  });
  if (sub?.struct === undefined || sub.base === undefined) return fields;
  const own = new Struct(sub.struct.name, sub.struct.data);
  return [...fields, ...fieldsOf(own, bytes, view, sub.base, () => true)];
}

function fieldsOf(
  struct: Struct,
  bytes: Uint8Array,
  view: DataView,
  base: number,
  isShown: (path: string) => boolean,
): [string, string][] {
  const fields: [string, string][] = [];
  for (const path of struct.paths()) {
    const field = struct.field(path);
    if (!isShown(path) || base + field.offset + field.size > bytes.length) continue;
    if (field.size > 1 && /^(char|uint8_t|u8)\b/.test(field.type)) {
      const at = base + field.offset;
      fields.push([path, quoted(bytes.subarray(at, at + field.size), false)]);
    } else if ([1, 2, 4, 8].includes(field.size) && !/^(struct|union)/.test(field.type)) {
      fields.push([path, fieldText(field.getBig(view, base), field.type)]);
    }
  }
  return fields;
}

/** The sub-operation that the arguments select, if any. An unassigned number gets a name that marks it as unknown. */
export function subOperation(call: TracedCall): SubOperationNote | undefined {
  const [first] = call.row?.parameters ?? [];
  if (first?.kind === 'command') return commandOf(call, call.args[0] ?? 0n);
  return first?.kind === 'struct' ? structCommand(call, first, call.before.get(0)) : undefined;
}

export function subOperationName(call: TracedCall): string | undefined {
  return subOperation(call)?.name;
}

/** The fields of evtchn_status that depend on the channel's state, an EVTCHNSTAT_*. */
const statusParts = ['', 'unbound', 'interdomain', 'pirq', 'virq'];

/** The union member of a struct that the command selects. */
function statusPart(struct: Struct, view: DataView): string | undefined {
  if (struct.name !== 'evtchn_status' || view.byteLength < struct.size) return undefined;
  return statusParts[struct.field('status').get(view)];
}

function structOf(call: TracedCall, { struct, layout, byCommand }: Parameter, abi: Abi): Struct | undefined {
  if (byCommand) {
    const own = commandOf(call, call.args[0] ?? 0n)?.struct;
    return own && new Struct(own.name, own.data);
  }
  if (struct === undefined) return undefined;
  if (layout !== undefined) return new Struct(struct, layout);
  try {
    return abi.struct(struct);
  } catch {
    return undefined; // this release has no such struct
  }
}

/** Xen's own structs for sub-operations begin with the command. */
function structCommand(
  call: TracedCall,
  { layout, byCommand }: Parameter,
  bytes: Uint8Array | undefined,
): SubOperationNote | undefined {
  if (layout !== undefined || byCommand || bytes === undefined || bytes.length < 4) return undefined;
  const command = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  return call.row?.subOperations[command] ?? { name: `cmd ${command}` };
}

function commandOf({ row }: TracedCall, value: bigint): SubOperationNote | undefined {
  return row?.subOperations[Number(value & BigInt(row.commandMask ?? 0xffffffff))];
}

function pointed(value: bigint, bytes: Uint8Array | undefined, show: (data: Uint8Array) => string): string {
  if (value === 0n) return 'NULL';
  return bytes === undefined || bytes.length === 0 ? pointerText(value) : show(bytes);
}

function pointerText(value: bigint): string {
  return value === 0n ? 'NULL' : hex(value);
}

/** Formats small numbers in decimal, and large ones, which are addresses, masks or versions, in hexadecimal. */
function numberText(value: bigint): string {
  return value < 65536n ? String(value) : hex(value);
}

function fieldText(value: bigint, type: string): string {
  const signed = /^(int|long|int(\d+)_t)\b/.exec(type);
  if (signed === null) return numberText(value);
  const [, name, bits] = signed;
  return String(BigInt.asIntN(name === 'long' ? 64 : Number(bits ?? 32), value));
}

function endOf(bytes: Uint8Array): number {
  return bytes.indexOf(0);
}

function quoted(bytes: Uint8Array, cut: boolean): string {
  const used = cut || !bytes.includes(0) ? bytes : bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1);
  const text = new TextDecoder().decode(used);
  const shown = text.slice(0, SHOWN);
  return `${JSON.stringify(shown)}${cut || shown.length < text.length ? '...' : ''}`;
}
