import type { Abi } from '../abi/abi.ts';
import { Field, Struct } from '../abi/layout.ts';
import { errno } from '../errno.ts';
import type { Family } from './family.ts';
import { type Status, type SubOperation, unsupported } from './hypercall.ts';
import type { Layout, Operation, Perform } from './operation.ts';
import type { OperationRequest } from './operation-request.ts';

/** The layout for an operation without an argument. */
const NO_STRUCT = new Struct('without an argument', { size: 0, fields: {} });

/**
 * An operation in a release. Properties that each call reads are copied here, because definitions have many shapes, which makes reading
 * them slow.
 */
export interface BoundOperation<R extends OperationRequest, T extends object> {
  readonly operation: Operation<R, T>;
  readonly perform: Perform<R>;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly before: Perform<R> | undefined;
  readonly copiesItself: boolean;
  readonly copiesAlways: boolean;
  readonly copiesIn: boolean;
  readonly copiesOut: boolean;
}

interface Tables<R extends OperationRequest, T extends object> {
  readonly byCommand: ReadonlyMap<number, BoundOperation<R, T>>;
  readonly rows: readonly SubOperation[];
}

/** The struct that all operations of a family share. */
export interface Shared {
  readonly struct: Struct;
  readonly bytes: Uint8Array;
  /** The paths of a union's member, by its name. */
  readonly prefix: (member: string) => string;
  /** Where the union starts. */
  readonly base: number;
}

const notListed = unsupported('ENOSYS', 'not modelled');
/** Why a listed operation is not available in this release. */
export const otherLayout = unsupported('ENOSYS', 'its argument has another layout in this version of Xen');

/** A family's operations in a release. They are bound when the first of them is called or listed: a start needs few families. */
export class Release<R extends OperationRequest, T extends object> {
  readonly check: ((request: R, operation: Operation<R, T> | undefined) => number) | undefined;
  /** The answer to an unassigned command number. */
  readonly noCommand: number;
  readonly #make: () => Tables<R, T>;
  #made: Tables<R, T> | undefined;

  constructor(family: Family<R, T>, operations: ReadonlyMap<string, Operation<R, T>>, abi: Abi, shared?: Shared) {
    this.check = family.check?.(shared?.struct ?? NO_STRUCT);
    this.noCommand = unknownAnswer(family.unknown, abi);
    this.#make = () => tablesOf(family, operations, abi, shared);
  }

  /** The operations by their commands. */
  get byCommand(): ReadonlyMap<number, BoundOperation<R, T>> {
    this.#made ??= this.#make();
    return this.#made.byCommand;
  }

  /** The operations as the table shows them. */
  get rows(): readonly SubOperation[] {
    this.#made ??= this.#make();
    return this.#made.rows;
  }
}

function tablesOf<R extends OperationRequest, T extends object>(
  family: Family<R, T>,
  operations: ReadonlyMap<string, Operation<R, T>>,
  abi: Abi,
  shared: Shared | undefined,
): Tables<R, T> {
  const byCommand = new Map<number, BoundOperation<R, T>>();
  const rows: SubOperation[] = [];
  for (const [name, number] of Object.entries(abi.subOperations(family.prefix))) {
    if (family.isOperation?.(name) === false) continue;
    const operation = operations.get(name);
    const bound = operation && bind(operation, abi, shared);
    if (bound !== undefined) byCommand.set(number, bound);
    const status =
      bound === undefined ? (operation === undefined ? notListed : otherLayout) : statusIn(bound.operation, abi);
    rows.push({ number, name, status, ...(operation && { place: operation.place, ...shown(operation, abi, shared) }) });
  }
  return { byCommand, rows };
}

function statusIn<R extends OperationRequest, T extends object>(operation: Operation<R, T>, abi: Abi): Status {
  return operation.statusIn?.(abi) ?? operation.status;
}

/** The part of an operation's argument that a trace shows. */
function shown<R extends OperationRequest, T extends object>({ argument }: Operation<R, T>, abi: Abi, shared?: Shared) {
  if (argument === undefined) return {};
  if (typeof argument === 'string' && shared !== undefined) return { member: argument };
  return { argument: ownStruct(argument, abi), base: shared?.base ?? 0 };
}

/** An operation for a release; undefined if the release lacks the operation's struct or a field of it. */
function bind<R extends OperationRequest, T extends object>(
  operation: Operation<R, T>,
  abi: Abi,
  shared: Shared | undefined,
): BoundOperation<R, T> | undefined {
  const { argument, copies = 'in' } = operation;
  const status = statusIn(operation, abi);
  const refused = status.kind === 'unsupported' ? -errno[status.errno] : 0;
  try {
    const layout = layoutOf(argument, abi, shared);
    const bytes = shared?.bytes ?? new Uint8Array(layout.struct.size);
    return {
      operation,
      perform: operation.bind?.(layout) ?? operation.handler ?? (() => refused),
      bytes,
      view: new DataView(bytes.buffer),
      before: operation.before,
      copiesItself: copies === 'itself',
      copiesAlways: copies === 'always',
      copiesIn: copies !== 'out' && copies !== 'itself',
      copiesOut: copies === 'out' || copies === 'both',
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function layoutOf(argument: string | Struct | undefined, abi: Abi, shared: Shared | undefined): Layout {
  const struct = shared?.struct ?? (typeof argument === 'string' ? abi.struct(argument) : (argument ?? NO_STRUCT));
  // If the struct does not have the member's layout, the argument has it.
  const member = shared !== undefined && typeof argument === 'object' ? argument : undefined;
  const prefix = shared !== undefined && typeof argument === 'string' ? shared.prefix(argument) : '';
  const field = (path: string): Field => {
    if (member === undefined) return struct.field(prefix + path);
    const { offset, size, type } = member.field(path);
    return new Field(path, [offset + (shared?.base ?? 0), size, type]);
  };
  const has = (path: string) => (member === undefined ? struct.has(prefix + path) : member.has(path));
  return { abi, struct, field, optional: (path) => (has(path) ? field(path) : undefined) };
}

/** The struct that `argument` names in a release; undefined if there is none. */
function ownStruct(argument: string | Struct | undefined, abi: Abi): Struct | undefined {
  if (typeof argument !== 'string') return argument;
  try {
    return abi.struct(argument);
  } catch {
    return undefined;
  }
}

function unknownAnswer(unknown: Family['unknown'], abi: Abi): number {
  const name = typeof unknown === 'function' ? unknown(abi) : unknown;
  return name === 0 ? 0 : -errno[name ?? 'ENOSYS'];
}
