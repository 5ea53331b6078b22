import { say } from '../../language/say.ts';
import { errnoName } from '../../xen/errno.ts';
import type { Answer, FailedCall } from '../failure.ts';
import { nameOf, subOperation } from './sub-operation.ts';

/** The user's handler used a guest pointer as if it were the data behind it. */
export function pointerMisuse({ remark }: FailedCall): Answer | undefined {
  if (remark?.kind !== 'pointer') return undefined;
  return {
    cause: 'pointer-not-copied',
    xen: say(
      "a guest's pointer is not valid in the hypervisor: with SMAP, dereferencing it crashes Xen; without SMAP, it reads whatever is mapped there.",
    ),
    why: say('the handler{place} used the pointer {text} as if it were the data behind it', {
      place: at(remark.at),
      text: remark.text,
    }),
    change: say(
      'copy first: xen.readString(pointer, limit) or xen.copyFromGuest(pointer, length); or declare the argument as string(); in C: copy_from_guest',
    ),
  };
}

/** The handler threw an exception. */
export function threw({ remark }: FailedCall): Answer | undefined {
  if (remark?.kind !== 'threw') return undefined;
  return {
    cause: 'handler-threw',
    xen: say('a bug in a handler of Xen would crash the machine; here only the call fails, with EFAULT.'),
    why: say('the handler threw{place}: {text}', { place: at(remark.at), text: remark.text }),
    change: remark.text.includes('Cannot mix BigInt')
      ? say('u64 and i64 arguments are bigint: convert one side, as in x + BigInt(y) or Number(x) + y')
      : say("correct {place} and save: it is loaded at once. To fail on purpose: xen.fail('EINVAL', 'why')", {
          place: remark.at ?? say('the handler'),
        }),
  };
}

/** The hypercall is in a table that the caller does not use, or in none. */
export function wrongTable({ remark }: FailedCall): Answer | undefined {
  if (remark?.kind !== 'table') return undefined;
  return {
    cause: 'wrong-table',
    xen: say(
      'each kind of guest has its own hypercall table; an empty slot, or one beyond the end, is answered with ENOSYS.',
    ),
    why: remark.text,
    change: remark.change ?? say('add an entry to the table of such guests'),
  };
}

/** The handler returned an invalid result. */
export function badResult({ remark, row }: FailedCall): Answer | undefined {
  if (remark?.kind !== 'returned') return undefined;
  return {
    cause: 'bad-result',
    xen: say('a hypercall returns one signed 64-bit number.'),
    why: say('the handler of {name} ({source}) returned {text}', {
      name: row?.name,
      source: row?.source,
      text: remark.text,
    }),
    change: say("return a whole number, -errno or a name such as 'EINVAL'; a handler may not be async"),
  };
}

/** The handler's result is valid, but probably not intended. */
export function doubtfulResult({ remark, row, result }: FailedCall): Answer | undefined {
  const handler = say('the handler of {name}{place}', { name: row?.name, place: at(remark?.at) });
  const xen = say('a result below 0 is -errno for the caller; any other is what ioctl returns.');
  switch (remark?.kind) {
    case 'minus-one':
      return {
        cause: 'minus-one',
        xen,
        why: say('{handler} returned -1, and 1 is the number of EPERM ("Operation not permitted")', { handler }),
        change: say("return the errno that you mean: 'EINVAL' in TypeScript, -EINVAL in C"),
      };
    case 'positive-errno':
      return {
        cause: 'positive-errno',
        xen,
        why: say('{handler} returned {result}, which is {errno} without its minus, so the call succeeded', {
          handler,
          result,
          errno: errnoName(Number(result)),
        }),
        change: say('return -{errno}', { errno: errnoName(Number(result)) }),
      };
    case 'nothing-returned':
      return {
        cause: 'nothing-returned',
        xen,
        why: say('{handler} computes a value at its end and does not return it, so the caller gets 0', { handler }),
        change: say('put return before it'),
      };
    default:
      return undefined;
  }
}

/** The handler printed something other than text. */
export function oddOutput({ remark, row }: FailedCall): Answer | undefined {
  if (remark?.kind !== 'printed') return undefined;
  return {
    cause: 'odd-output',
    xen: say("printk prints text and numbers; Xen's printk cannot print objects."),
    why: say('the handler of {name}{place} printed {text}', {
      name: row?.name,
      place: at(remark.at),
      text: remark.text,
    }),
    change:
      remark.text === 'undefined' || remark.text === 'NaN'
        ? say('check where the value comes from: a field or argument may have a different name')
        : say('print the fields that you want, or JSON.stringify(value)'),
  };
}

/** A string was longer than its limit allows. */
export function endlessString({ remark }: FailedCall): Answer | undefined {
  if (remark?.kind !== 'string') return undefined;
  return {
    cause: 'string-without-end',
    xen: say('Xen copies a string only up to a limit (strncpy_from_guest); a longer string is E2BIG.'),
    why: remark.text.replace(/^[A-Z\d]+: /, ''),
    change: say(
      'end the string with a 0 byte; if it is meant to be that long, raise the limit: string({ limit: 65536 })',
    ),
  };
}

/** The handler failed deliberately. */
export function refused({ remark, row, result, args, memory }: FailedCall): Answer | undefined {
  if (row === undefined) return undefined;
  const operation = subOperation(row, args, memory);
  const source = operation?.source ?? row.source;
  if (source === undefined) return undefined;
  const name = errnoName(Number(result));
  const reason = remark?.kind === 'refused' ? `: ${remark.text.replace(/^[A-Z\d]+: /, '')}` : '';
  return {
    cause: 'handler-refused',
    answersOthers: (operation ?? row).hasSucceeded,
    xen: say('a negative result of a handler is -errno for the caller.'),
    why: say('the handler of {name}{place} answered {result}{reason}', {
      name: nameOf(row, operation),
      place: at(remark?.at ?? source),
      result: name ?? result,
      reason,
    }),
    change: say('see the handler for what it accepts, or call it as its client does'),
  };
}

function at(place: string | undefined): string {
  return place === undefined ? '' : say(' at {place}', { place });
}
