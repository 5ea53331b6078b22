import type { Abi, SubOperationFamily } from '../abi/abi.ts';
import type { Struct } from '../abi/layout.ts';
import type { ErrnoName } from '../errno.ts';
import type { Call } from './call.ts';
import type { Status } from './hypercall.ts';
import type { Operation } from './operation.ts';
import type { OperationRequest } from './operation-request.ts';

/** A hypercall whose argument points to one struct: `cmd`, `interface_version`, and a union of all arguments. */
export interface UnionStruct {
  /** By its name in the ABI, or its layout if it is the same in all releases. */
  readonly struct: string | Struct;
  /** The field where the union starts: for arguments whose layout the struct does not have. */
  readonly union?: string;
  /** The interface version that a release speaks. Another one is EACCES, unless `--any-interface-version` serves it. */
  readonly version: (abi: Abi) => number;
}

/** A hypercall with its command in the first argument and, in another, a pointer to the operation's own struct. */
export interface OwnStruct {
  /** The argument that points to it. */
  readonly pointer: number;
  /** The argument with the number of consecutive structs; absent: one struct. */
  readonly count?: number;
  /** The bits of the first argument that are the command, if it has other bits above. */
  readonly mask?: number;
  /** Reads the command, if it is not the low 32 bits of the first argument. A negative value is the -errno that the hypercall returns. */
  readonly command?: (call: Call) => number;
  /** Address of the operation's struct after `command` was called, if the argument points to something else. */
  readonly address?: (call: Call) => number;
}

/**
 * A hypercall that takes an array of structs, each with a `cmd` of its own: (array, count, done). It ends at the first that fails, and
 * writes how many were done.
 */
export interface CommandArray {
  readonly array: string;
}

/** The hypercall that operations belong to, with everything that they have in common. Families differ only in these lines. */
export interface Family<R extends OperationRequest = OperationRequest, T extends object = object> {
  /** The hypercall's name, as the ABI has it. */
  readonly name: string;
  readonly status: Status;
  /** The prefix under which the ABI lists the operations' numbers. */
  readonly prefix: SubOperationFamily;
  /** Names with the same prefix in the headers that are not operations. */
  readonly isOperation?: (name: string) => boolean;
  readonly carriage: UnionStruct | OwnStruct | CommandArray;
  readonly Request: new () => R;
  /** What Xen checks before it reads anything: 0 to continue, or -errno. */
  readonly first?: (call: Call) => number;
  /**
   * What Xen checks for all operations, in its order: 0 to continue, or -errno. The operation is undefined if none has that command. For a
   * UnionStruct it runs after the struct is read, for an OwnStruct before, for a CommandArray once per array.
   */
  readonly check?: (struct: Struct) => (request: R, operation: Operation<R, T> | undefined) => number;
  /** For the other kinds: what Xen checks after it has read the struct. */
  readonly checkAfter?: (request: R, operation: Operation<R, T> | undefined) => number;
  /** The answer to an unassigned command number; -ENOSYS by default. */
  readonly unknown?: ErrnoName | 0 | ((abi: Abi) => ErrnoName | 0);
  /** Called when a caller used another interface version. */
  readonly onVersionRefused?: (call: Call, version: number) => void;
}
