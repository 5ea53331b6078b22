import { readFileSync } from 'node:fs';
import type { Remark } from '../xen/call/call.ts';
import { errnoName } from '../xen/errno.ts';
import type { UserHypercall } from './define.ts';
import { forgetsReturn } from './handler-parameters.ts';

/** No errno of Linux is larger. */
const LAST_ERRNO = 133;

/** Remarks on results that are valid but probably not intended. One function per hypercall. */
export function resultRemarks(hypercall: UserHypercall): (result: unknown) => Remark | undefined {
  const at = hypercall.source === undefined ? {} : { at: hypercall.source };
  const forgets = forgetsReturn(hypercall.handler);
  const meant = new Map<number, boolean>();
  return (returned) => {
    if (returned === undefined && forgets) return { kind: 'nothing-returned', text: '', ...at };
    // A handler in C returns a bigint, and -EPERM in C is also -1: only the source distinguishes them.
    const isC = typeof returned === 'bigint';
    const result = isC ? Number(returned) : returned;
    if (typeof result !== 'number') return undefined;
    if (result === -1) {
      return !isC || sourceHas(hypercall.source, /\breturn\s*\(?\s*-\s*1\b/)
        ? { kind: 'minus-one', text: '-1', ...at }
        : undefined;
    }
    if (result < 1 || result > LAST_ERRNO) return undefined;
    let isErrno = meant.get(result);
    if (isErrno === undefined) {
      isErrno = returnsErrno(hypercall.source, result);
      meant.set(result, isErrno);
    }
    return isErrno ? { kind: 'positive-errno', text: String(result), ...at } : undefined;
  };
}

/** EFAULT, EINVAL and ENOSYS: a handler hardly returns these numbers for their own sake. */
const WELL_KNOWN: ReadonlySet<number> = new Set([14, 22, 38]);

/**
 * Whether the file has a `return EINVAL;` (`return errno.EINVAL`), without the minus, for this error number; or `return 22;` for a
 * well-known one.
 */
function returnsErrno(source: string | undefined, result: number): boolean {
  const name = errnoName(result);
  const literal = new RegExp(`(?:return|=>)\\s*\\(?\\s*${result}\\s*\\)?\\s*([;,}]|$)`, 'm');
  if (WELL_KNOWN.has(result) && sourceHas(source, literal)) return true;
  return name !== undefined && sourceHas(source, new RegExp(`(?:return|=>)\\s*\\(?\\s*(?:[\\w.]+\\.)?${name}\\b`));
}

function sourceHas(source: string | undefined, pattern: RegExp): boolean {
  const file = source?.replace(/:\d+$/, '');
  if (file === undefined) return false;
  try {
    return pattern.test(readFileSync(file, 'utf8'));
  } catch {
    return false; // the file is gone: no remark
  }
}
