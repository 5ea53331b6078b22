import type { Abi } from '../abi/abi.ts';
import { Struct } from '../abi/layout.ts';
import { errno } from '../errno.ts';
import type { Call } from './call.ts';
import type { Family, OwnStruct, UnionStruct } from './family.ts';
import { type Handler, type SubOperation, unsupported } from './hypercall.ts';
import type { Layout, Operation, Perform } from './operation.ts';
import type { OperationRequest } from './operation-request.ts';
import { placeOfCaller } from './place.ts';
import type { Service } from './service.ts';

/** What an operation without an argument looks its fields up in. */
const NO_STRUCT = new Struct('without an argument', { size: 0, fields: {} });

/** An operation in a release. */
interface Bound<R extends OperationRequest, T extends object> {
  readonly operation: Operation<R, T>;
  readonly perform: Perform<R>;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly copiesIn: boolean;
  readonly copiesOut: boolean;
}

/** A family's operations in a release: by their commands, and as the table shows them. */
interface Release<R extends OperationRequest, T extends object> {
  readonly check: ((request: R, operation: Operation<R, T> | undefined) => number) | undefined;
  readonly byCommand: ReadonlyMap<number, Bound<R, T>>;
  readonly rows: readonly SubOperation[];
}

/** Makes a hypercall of a family and the lists of its operations. What is not listed is ENOSYS. */
export function serve<R extends OperationRequest, T extends object>(
  family: Family<R, T>,
  ...lists: readonly (readonly Operation<R, T>[])[]
): Service {
  const operations = new Map(lists.flat().map((operation) => [operation.name, operation]));
  return {
    status: family.status,
    place: placeOfCaller(serve),
    operations: [...operations.values()],
    bind(abi, others) {
      const { carriage } = family;
      if ('pointer' in carriage) {
        const own = releaseOf(family, operations, abi, undefined);
        return { handler: fromOwnStruct(family, carriage, own), subOperations: own.rows };
      }
      const struct = abi.struct(carriage.struct);
      const bytes = new Uint8Array(struct.size);
      const of = (release: Abi) => releaseOf(family, operations, release, release.struct(carriage.struct), bytes);
      const own = of(abi);
      // Releases that share an interface version differ in added operations only: the newest serves them, but this one its own.
      const versions = new Map(others.map((other) => [carriage.version(other), of(other)]));
      versions.set(carriage.version(abi), own);
      return { handler: fromUnionStruct(family, struct, own, versions, bytes), subOperations: own.rows };
    },
  };
}

function releaseOf<R extends OperationRequest, T extends object>(
  family: Family<R, T>,
  operations: ReadonlyMap<string, Operation<R, T>>,
  abi: Abi,
  union: Struct | undefined,
  shared?: Uint8Array,
): Release<R, T> {
  const byCommand = new Map<number, Bound<R, T>>();
  const rows: SubOperation[] = [];
  for (const [name, number] of Object.entries(abi.subOperations(family.prefix))) {
    if (family.isOperation?.(name) === false) continue;
    const operation = operations.get(name);
    const bound = operation && bind(operation, abi, union, shared);
    if (bound !== undefined) byCommand.set(number, bound);
    rows.push({
      number,
      name,
      status: bound?.operation.status ?? unsupported('ENOSYS', 'not modelled for this version of Xen'),
      ...(operation !== undefined && { place: operation.place }),
      ...(typeof operation?.argument === 'string' && union !== undefined
        ? { member: operation.argument }
        : { argument: ownStruct(operation?.argument, abi) }),
    });
  }
  return { check: family.check?.(union ?? NO_STRUCT), byCommand, rows };
}

/** An operation for a release; undefined where that lacks the operation's fields. */
function bind<R extends OperationRequest, T extends object>(
  operation: Operation<R, T>,
  abi: Abi,
  union: Struct | undefined,
  shared: Uint8Array | undefined,
): Bound<R, T> | undefined {
  const { argument, copies = 'in', status } = operation;
  const own = union ?? ownStruct(argument, abi);
  if (own === undefined && argument !== undefined) return undefined;
  const prefix = union === undefined || argument === undefined ? '' : `u.${argument}.`;
  const struct = own ?? NO_STRUCT;
  const layout: Layout = {
    abi,
    struct,
    field: (path) => struct.field(prefix + path),
    optional: (path) => (struct.has(prefix + path) ? struct.field(prefix + path) : undefined),
  };
  const bytes = shared ?? new Uint8Array(own?.size ?? 0);
  try {
    return {
      operation,
      perform:
        operation.bind?.(layout) ??
        operation.handler ??
        (() => (status.kind === 'unsupported' ? -errno[status.errno] : 0)),
      bytes,
      view: new DataView(bytes.buffer),
      copiesIn: copies !== 'out' && copies !== 'itself',
      copiesOut: copies === 'out' || copies === 'both',
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined; // the layout lacks a field
    throw error;
  }
}

/** The struct that `argument` means in a release; undefined where there is none. */
function ownStruct(argument: string | Struct | undefined, abi: Abi): Struct | undefined {
  if (typeof argument !== 'string') return argument;
  try {
    return abi.struct(argument);
  } catch {
    return undefined;
  }
}

/** Xen's order: the pointer (EFAULT), the interface version (EACCES), what the family checks, the command (ENOSYS), the operation. */
function fromUnionStruct<R extends OperationRequest, T extends object>(
  family: Family<R, T>,
  struct: Struct,
  own: Release<R, T>,
  versions: ReadonlyMap<number, Release<R, T>>,
  bytes: Uint8Array,
): Handler {
  const { Request, onVersionRefused } = family;
  const noCommand = unknownAnswer(family.unknown);
  const version = struct.field('interface_version');
  const command = struct.field('cmd');
  const request = new Request();
  const view = new DataView(bytes.buffer);
  request.bytes = bytes;
  request.view = view;
  return (call) => {
    const address = call.address(0);
    if (!call.copyFromGuest(address, bytes)) return -errno.EFAULT;
    const spoken = version.get(view);
    const number = command.get(view);
    const fixed = own.byCommand.get(number)?.operation.interfaceVersion;
    const release = fixed === undefined ? versions.get(spoken) : fixed === spoken ? own : undefined;
    if (release === undefined) {
      onVersionRefused?.(call, spoken);
      return -errno.EACCES;
    }
    const bound = release.byCommand.get(number);
    enter(request, call, address);
    const refused = release.check?.(request, bound?.operation) ?? 0;
    if (refused < 0) return refused;
    if (bound === undefined) return noCommand;
    const early = bound.operation.before?.(request) ?? 0;
    return early < 0 ? early : finish(bound, request);
  };
}

/** Xen's order: what the family checks, the command (ENOSYS), what the operation checks before, the pointer (EFAULT), the operation. */
function fromOwnStruct<R extends OperationRequest, T extends object>(
  family: Family<R, T>,
  carriage: OwnStruct,
  { check, byCommand }: Release<R, T>,
): Handler {
  const { pointer, count: countArgument, command = low32 } = carriage;
  const { Request, checkAfter } = family;
  const noCommand = unknownAnswer(family.unknown);
  const request = new Request();
  return (call) => {
    const bound = byCommand.get(command(call));
    enter(request, call, call.address(pointer));
    const refused = check?.(request, bound?.operation) ?? 0;
    if (refused < 0) return refused;
    if (bound === undefined) return noCommand;
    const { operation, bytes, view, copiesIn } = bound;
    request.bytes = bytes;
    request.view = view;
    const early = operation.before?.(request) ?? 0;
    if (early < 0) return early;
    const count = countArgument === undefined || operation.copies === 'itself' ? 1 : call.u32(countArgument);
    let result = 0;
    for (let left = count; left > 0; left -= 1) {
      if (!copiesIn) bytes.fill(0);
      else if (!call.copyFromGuest(request.address, bytes)) return -errno.EFAULT;
      result = checkAfter?.(request, operation) ?? 0;
      if (result >= 0) result = finish(bound, request);
      if (result < 0) return result;
      request.address += bytes.length;
    }
    return result;
  };
}

const low32 = (call: Call): number => call.u32(0);

function unknownAnswer(unknown: Family['unknown']): number {
  return unknown === 0 ? 0 : -errno[unknown ?? 'ENOSYS'];
}

function enter(request: OperationRequest, call: Call, address: number): void {
  request.call = call;
  request.hypervisor = call.hypervisor;
  request.caller = call.domain;
  request.address = address;
}

function finish<R extends OperationRequest, T extends object>(bound: Bound<R, T>, request: R): number {
  request.copyBack = bound.operation.copies === 'always';
  const result = bound.perform(request);
  const back = request.copyBack || (bound.copiesOut && result >= 0);
  return back && !request.call.copyToGuest(request.address, bound.bytes) ? -errno.EFAULT : result;
}
