import type { Abi } from '../abi/abi.ts';
import type { Struct } from '../abi/layout.ts';
import { unionOffset } from '../abi/union-offset.ts';
import { errno } from '../errno.ts';
import type { Call } from './call.ts';
import type { CommandArray, Family, OwnStruct, UnionStruct } from './family.ts';
import type { Handler } from './hypercall.ts';
import type { Operation } from './operation.ts';
import type { OperationRequest } from './operation-request.ts';
import { placeOfCaller } from './place.ts';
import { type BoundOperation, Release } from './release.ts';
import type { Bound, Service } from './service.ts';

/** Makes a hypercall from a family and the lists of its operations. An operation that is not listed is ENOSYS. */
export function serve<R extends OperationRequest, T extends object>(
  family: Family<R, T>,
  ...lists: readonly (readonly Operation<R, T>[])[]
): Service {
  const operations = new Map(lists.flat().map((operation) => [operation.name, operation]));
  return {
    status: family.status,
    place: placeOfCaller(serve),
    prefix: family.prefix,
    operations: [...operations.values()],
    bind(abi, others) {
      const { carriage } = family;
      if ('pointer' in carriage) return bindOwnStruct(family, carriage, operations, abi);
      if ('array' in carriage) return bindCommandArray(family, carriage, operations, abi);
      return bindUnionStruct(family, carriage, operations, abi, others);
    },
  };
}

type Operations<R extends OperationRequest, T extends object> = ReadonlyMap<string, Operation<R, T>>;

/** The command is an argument, and another one points to the operation's own struct. */
function bindOwnStruct<R extends OperationRequest, T extends object>(
  family: Family<R, T>,
  carriage: OwnStruct,
  operations: Operations<R, T>,
  abi: Abi,
): Bound {
  const { pointer, address, command, mask, count } = carriage;
  const own = new Release(family, operations, abi);
  return {
    handler: fromOwnStruct(family, carriage, own),
    get subOperations() {
      return own.rows;
    },
    argumentAt: { argument: pointer, offset: 0, ...(address !== undefined && { address }) },
    ...(address !== undefined && command !== undefined && { command }),
    ...(mask !== undefined && { commandMask: mask }),
    ...(count !== undefined && { countArgument: count }),
  };
}

/** An array of structs, each with a command of its own. */
function bindCommandArray<R extends OperationRequest, T extends object>(
  family: Family<R, T>,
  { array }: CommandArray,
  operations: Operations<R, T>,
  abi: Abi,
): Bound {
  const struct = abi.struct(array);
  const bytes = new Uint8Array(struct.size);
  const own = new Release(family, operations, abi, { struct, bytes, prefix: () => '', base: 0 });
  return {
    handler: fromArray(family, struct, own, bytes),
    get subOperations() {
      return own.rows;
    },
  };
}

/** One struct for all operations, whose layout follows from the interface version in it. */
function bindUnionStruct<R extends OperationRequest, T extends object>(
  family: Family<R, T>,
  carriage: UnionStruct,
  operations: Operations<R, T>,
  abi: Abi,
  others: readonly Abi[],
): Bound {
  const structIn = (release: Abi) =>
    typeof carriage.struct === 'string' ? release.struct(carriage.struct) : carriage.struct;
  const struct = structIn(abi);
  const bytes = new Uint8Array(struct.size);
  const of = (release: Abi) => {
    const theirs = structIn(release);
    const base = carriage.union === undefined ? 0 : theirs.field(carriage.union).offset;
    return new Release(family, operations, release, {
      struct: theirs,
      bytes,
      prefix: (member) => `u.${member}.`,
      base,
    });
  };
  const own = of(abi);
  // Releases with the same interface version differ only in added operations: the newest of them serves callers, except for this
  // release itself.
  const versions = new Map(others.map((other) => [carriage.version(other), of(other)]));
  versions.set(carriage.version(abi), own);
  const offset = unionOffset(struct);
  return {
    handler: fromUnionStruct(family, struct, own, versions, bytes),
    get subOperations() {
      return own.rows;
    },
    argumentAt: { argument: 0, offset, room: struct.size - offset },
  };
}

/** Xen's order: the pointer (EFAULT), the interface version (EACCES), what the family checks, the command (ENOSYS), the operation. */
function fromUnionStruct<R extends OperationRequest, T extends object>(
  family: Family<R, T>,
  struct: Struct,
  own: Release<R, T>,
  versions: ReadonlyMap<number, Release<R, T>>,
  bytes: Uint8Array,
): Handler {
  const { Request, first, onVersionRefused } = family;
  const { noCommand } = own;
  const version = struct.field('interface_version');
  const command = struct.field('cmd');
  const request = new Request();
  const view = new DataView(bytes.buffer);
  request.bytes = bytes;
  request.view = view;
  return (call) => {
    const barred = first?.(call) ?? 0;
    if (barred < 0) return barred;
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
    const early = bound.before === undefined ? 0 : bound.before(request);
    return early < 0 ? early : finish(bound, request);
  };
}

/** Xen's order: what the family checks, the command (ENOSYS), what the operation checks before, the pointer (EFAULT), the operation. */
function fromOwnStruct<R extends OperationRequest, T extends object>(
  family: Family<R, T>,
  carriage: OwnStruct,
  own: Release<R, T>,
): Handler {
  const { check, noCommand } = own;
  const { pointer, count: countArgument, mask = ALL } = carriage;
  const command = carriage.command ?? ((call: Call) => (call.u32(0) & mask) >>> 0);
  const { Request, checkAfter, first } = family;
  const request = new Request();
  return (call) => {
    const barred = first?.(call) ?? 0;
    if (barred < 0) return barred;
    const number = command(call);
    if (number < 0) return number;
    const bound = own.byCommand.get(number);
    enter(request, call, call.address(pointer));
    const refused = check?.(request, bound?.operation) ?? 0;
    if (refused < 0) return refused;
    if (bound === undefined) return noCommand;
    const { operation, bytes, view, copiesIn } = bound;
    request.bytes = bytes;
    request.view = view;
    const early = bound.before === undefined ? 0 : bound.before(request);
    if (early < 0) return early;
    const count = countArgument === undefined || bound.copiesItself ? 1 : call.u32(countArgument);
    let result = 0;
    for (let left = count; left > 0; left -= 1) {
      if (countArgument !== undefined && left < count && call.shouldYield) {
        call.setArgument(pointer, request.address);
        call.setArgument(countArgument, left);
        return call.preempt();
      }
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

/** All bits of a command. */
const ALL = 0xffffffff;

/** Flag in a count: the call continues after a preemption. */
const PREEMPTED = 0x80000000;

/** Xen's order: what the family checks once, and for each struct the pointer (EFAULT), its checks, the command (ENOSYS), the operation. */
function fromArray<R extends OperationRequest, T extends object>(
  family: Family<R, T>,
  struct: Struct,
  own: Release<R, T>,
  bytes: Uint8Array,
): Handler {
  const { check, noCommand } = own;
  const { Request, checkAfter } = family;
  const command = struct.field('cmd');
  const done = new DataView(new ArrayBuffer(4));
  const request = new Request();
  request.bytes = bytes;
  request.view = new DataView(bytes.buffer);
  const one = (): number => {
    if (!request.call.copyFromGuest(request.address, bytes)) return -errno.EFAULT;
    const bound = own.byCommand.get(command.get(request.view));
    const refused = checkAfter?.(request, bound?.operation) ?? 0;
    if (refused < 0) return refused;
    return bound === undefined ? noCommand : finish(bound, request);
  };
  return (call) => {
    enter(request, call, call.address(0));
    const refused = check?.(request, undefined) ?? 0;
    if (refused < 0) return refused;
    const count = (call.u32(1) & ~PREEMPTED) >>> 0;
    // A continued call reads there how many were done before.
    const before = (call.u32(1) & PREEMPTED) === 0 || call.address(2) === 0 ? 0 : doneBefore(call, done);
    let result = 0;
    let index = 0;
    for (; index < count; index += 1, request.address += bytes.length) {
      if (index > 0 && call.shouldYield) {
        call.setArgument(0, request.address);
        call.setArgument(1, count - index + PREEMPTED);
        call.preempt();
        break;
      }
      result = one();
      if (result !== 0) break;
    }
    if (call.address(2) !== 0) {
      done.setUint32(0, before + index, true);
      call.structToGuest(call.address(2), done); // Xen ignores a failure of this copy
    }
    return result;
  };
}

/** How many of the structs were done before the call was preempted; 0 if the caller's word cannot be read. */
function doneBefore(call: Call, done: DataView): number {
  return call.copyFromGuest(call.address(2), new Uint8Array(done.buffer)) ? done.getUint32(0, true) : 0;
}

function enter(request: OperationRequest, call: Call, address: number): void {
  request.call = call;
  request.hypervisor = call.hypervisor;
  request.caller = call.domain;
  request.address = address;
}

function finish<R extends OperationRequest, T extends object>(bound: BoundOperation<R, T>, request: R): number {
  request.copyBack = bound.copiesAlways;
  const result = bound.perform(request);
  const back = request.copyBack || (bound.copiesOut && result >= 0);
  return back && !request.call.copyToGuest(request.address, bound.bytes) ? -errno.EFAULT : result;
}
