import type { Abi, SubOperationFamily } from '../abi/abi.ts';
import type { Struct } from '../abi/layout.ts';
import type { ErrnoName } from '../errno.ts';
import type { Call } from './call.ts';
import type { Status } from './hypercall.ts';
import type { Operation } from './operation.ts';
import type { OperationRequest } from './operation-request.ts';

/** A hypercall whose argument points to one struct: `cmd`, `interface_version`, and a union of all arguments. */
export interface UnionStruct {
  /** By its name in the ABI, or its layout where no release changed it. */
  readonly struct: string | Struct;
  /** The field where the union starts: for arguments whose layout the struct does not tell. */
  readonly union?: string;
  /** The interface version that a release speaks. Another one is EACCES, unless `--any-interface-version` serves it. */
  readonly version: (abi: Abi) => number;
}

/** A hypercall with its command in the first argument and, in another, a pointer to the operation's own struct. */
export interface OwnStruct {
  /** The argument that points to it. */
  readonly pointer: number;
  /** The argument that says how many structs lie there, one after the other; absent: one. */
  readonly count?: number;
  /** The bits of the first argument that are the command, where it has others above. */
  readonly mask?: number;
  /** The command, where it is not the low 32 bits of the first argument; negative: -errno, and the answer. */
  readonly command?: (call: Call) => number;
}

/**
 * A hypercall that takes an array of structs, each with a `cmd` of its own: (array, count, done). It ends at the first that fails, and
 * writes how many were done.
 */
export interface CommandArray {
  readonly array: string;
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
  readonly carriage: UnionStruct | OwnStruct | CommandArray;
  readonly Request: new () => R;
  /** What Xen checks before it reads anything: 0 to go on, or -errno. */
  readonly first?: (call: Call) => number;
  /**
   * What Xen checks for all operations, in its order: 0 to go on, or -errno. The operation is undefined where there is none with
   * that command. Of a UnionStruct it comes after the struct was read, of an OwnStruct before, of a CommandArray once for the array.
   */
  readonly check?: (struct: Struct) => (request: R, operation: Operation<R, T> | undefined) => number;
  /** Of the others: what Xen checks once it has read the struct. */
  readonly checkAfter?: (request: R, operation: Operation<R, T> | undefined) => number;
  /** The answer to an unassigned command number; -ENOSYS by default. */
  readonly unknown?: ErrnoName | 0 | ((abi: Abi) => ErrnoName);
  /** A caller spoke another interface version. */
  readonly onVersionRefused?: (call: Call, version: number) => void;
}
