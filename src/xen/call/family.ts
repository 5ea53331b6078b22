import type { Abi, SubOperationFamily } from '../abi/abi.ts';
import type { Struct } from '../abi/layout.ts';
import type { ErrnoName } from '../errno.ts';
import type { Call } from './call.ts';
import type { Status } from './hypercall.ts';
import type { Operation } from './operation.ts';
import type { OperationRequest } from './operation-request.ts';

/** A hypercall whose argument points to one struct: a command, an interface version, and a union of all arguments. */
export interface UnionStruct {
  readonly struct: string;
  /** The interface version that a release speaks. Another one is EACCES, unless `--any-interface-version` serves it. */
  readonly version: (abi: Abi) => number;
}

/** A hypercall with its command in the first argument and, in another, a pointer to the operation's own struct. */
export interface OwnStruct {
  /** The argument that points to it. */
  readonly pointer: number;
  /** The argument that says how many structs lie there, one after the other; absent: one. */
  readonly count?: number;
  /** The command, where it is not the low 32 bits of the first argument. */
  readonly command?: (call: Call) => number;
}

/** The hypercall that operations belong to: what they have in common. Each differs from the others in these lines only. */
export interface Family<R extends OperationRequest = OperationRequest, T extends object = object> {
  /** The hypercall's name, as the ABI has it. */
  readonly name: string;
  readonly status: Status;
  /** Under which the ABI has the operations' numbers. */
  readonly prefix: SubOperationFamily;
  /** Headers number other things with the same prefix, too. */
  readonly isOperation?: (name: string) => boolean;
  readonly carriage: UnionStruct | OwnStruct;
  readonly Request: new () => R;
  /**
   * What Xen checks for all operations, in its order: 0 to go on, or -errno. The operation is undefined where there is none with
   * that command. Of a UnionStruct it comes after the struct was read, of an OwnStruct before.
   */
  readonly check?: (struct: Struct) => (request: R, operation: Operation<R, T> | undefined) => number;
  /** Of an OwnStruct: what Xen checks once it has read the struct. */
  readonly checkAfter?: (request: R, operation: Operation<R, T>) => number;
  /** The answer to a command that there is not; -ENOSYS unless it says otherwise. */
  readonly unknown?: ErrnoName | 0;
  /** A caller spoke another interface version. */
  readonly onVersionRefused?: (call: Call, version: number) => void;
}
