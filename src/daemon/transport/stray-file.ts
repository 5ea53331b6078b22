import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { withPtraceRight } from '../../linux/process/ptrace-right.ts';
import { errorCode } from '../../linux/system-error.ts';

/** What a program took for privcmd: a descriptor that is no open file, or another file. */
export interface StrayFile {
  readonly descriptor: number;
  /** The file's name; undefined if the descriptor is not open. */
  readonly name: string | undefined;
}

/** What a thread's descriptor refers to if it is not privcmd; undefined if it is privcmd, or cannot be read. */
export function strayFile(tid: number, descriptor: number): StrayFile | undefined {
  if (descriptor < 0) return { descriptor, name: undefined };
  if (tid <= 0) return undefined;
  try {
    const name = withPtraceRight(() => readlinkSync(`/proc/${tid}/fd/${descriptor}`));
    return /^(privcmd|hypercall)( \(deleted\))?$/.test(basename(name)) ? undefined : { descriptor, name };
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? { descriptor, name: undefined } : undefined;
  }
}
