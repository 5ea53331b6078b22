import { say } from '../language/say.ts';
import type { Call } from '../xen/call/call.ts';
import { type Hypercall, supported } from '../xen/call/hypercall.ts';
import type { Parameter } from '../xen/call/signatures.ts';
import { errno } from '../xen/errno.ts';
import type { Argument } from './arguments.ts';
import { type CodeWatch, unwatched } from './code-watch.ts';
import type { UserHypercall } from './define.ts';
import { didYouMean } from './nearest.ts';
import { placeIn } from './place.ts';
import { resultRemarks } from './result-remarks.ts';
import { HypercallError, Xen } from './xen.ts';

/** Called for an error in a user's handler; the daemon logs it. */
export type HandlerFailure = (hypercall: UserHypercall, error: unknown) => void;

/** The table's row for a user's hypercall: decodes the arguments, runs the handler, checks its result. `own`: Xen's row at the number. */
export function userRow(
  hypercall: UserHypercall,
  onFailure: HandlerFailure,
  own?: Hypercall,
  watch: CodeWatch = unwatched,
): Hypercall {
  const what = `${hypercall.name} (${hypercall.source ?? 'no file'})`;
  const names = Object.keys(hypercall.args);
  const decoders = Object.values(hypercall.args);
  const unknownArgument = trapFor(hypercall.name, names);
  /** All names are there from the start, because a new property asks the prototype first, and that takes the trap 0.2 µs. */
  const empty = Object.fromEntries(names.map((name) => [name, undefined]));
  const isInOrder = decoders.every(({ length }, at) => typeof length !== 'string' || names.indexOf(length) < at);
  const remarkOn = resultRemarks(hypercall);
  let succeeded = false;
  const handler = (call: Call): number | bigint => {
    const absent = hypercall.absent?.(call);
    if (absent !== undefined) {
      if (own?.handler !== undefined) return own.handler(call);
      call.remark ??= { kind: 'table', text: absent.why, change: absent.change };
      return -errno.ENOSYS;
    }
    const xen = new Xen(call);
    watch.begin('handler', what);
    try {
      const args: Record<string, unknown> = isInOrder
        ? { __proto__: unknownArgument, ...empty }
        : Object.create(unknownArgument); // a length that is not known yet is trapped
      for (let index = 0; index < names.length; index += 1) {
        args[names[index] ?? ''] = decoders[index]?.decode(xen, index, args);
      }
      const result: unknown = hypercall.handler(args, xen);
      const judged = judge(hypercall, result, xen);
      if (call.remark === undefined) call.remark = remarkOn(result);
      if (judged >= 0) succeeded = true;
      return judged;
    } catch (error) {
      return resultOfError(error, hypercall, xen, onFailure);
    } finally {
      watch.end();
    }
  };
  return {
    number: hypercall.number,
    name: hypercall.name,
    parameters: parametersOf(hypercall),
    status: supported,
    handler,
    hasSucceeded: () => succeeded,
    ...(hypercall.source === undefined ? {} : { source: hypercall.source }),
  };
}

/** The result of a handler that threw: the one that the error carries, or EFAULT for a mistake in the handler, which is reported. */
function resultOfError(
  error: unknown,
  hypercall: UserHypercall,
  xen: Xen,
  onFailure: HandlerFailure,
): HypercallError['result'] {
  const { call } = xen;
  if (error instanceof HypercallError) {
    call.remark ??= { kind: error.kind, text: error.message, ...placeOf(error, hypercall) };
    return error.result;
  }
  call.remark ??= { kind: 'threw', text: oneLine(error), ...placeOf(error, hypercall) };
  onFailure(hypercall, error);
  xen.printk(
    `<0>${say('{name}: handler threw {error}; the caller gets EFAULT', { name: hypercall.name, error: oneLine(error) })}`,
  );
  return -errno.EFAULT;
}

/** The prototype of a handler's arguments: reading one that does not exist throws instead of returning undefined. */
function trapFor(name: string, names: readonly string[]): object {
  return new Proxy(Object.create(null), {
    get(_target, key) {
      if (typeof key !== 'string' || key in Object.prototype || key === 'toJSON' || key === 'then') return undefined;
      const has =
        names.length === 0 ? say('it has no arguments') : say('its arguments are {names}', { names: names.join(', ') });
      throw new TypeError(
        say("{name} has no argument '{argument}'{suggestion}: {has}", {
          name,
          argument: key,
          suggestion: didYouMean(key, names),
          has,
        }),
      );
    },
  });
}

function parametersOf({ args, structs }: UserHypercall): Parameter[] {
  const names = Object.keys(args);
  return Object.entries(args).map(([name, argument], index) => {
    const struct = structs?.[index];
    if (struct !== undefined) return { name, kind: 'struct', struct: struct.name, layout: struct.data };
    return parameterOf(name, argument, names);
  });
}

function parameterOf(name: string, argument: Argument<unknown>, names: readonly string[]): Parameter {
  const { kind, length } = argument;
  const type = argument.struct?.();
  if (type !== undefined) return { name, kind: 'struct', struct: type.name, layout: type.layout };
  switch (kind) {
    case 'i32':
    case 'i64':
      return { name, kind: 'signed' };
    case 'string':
    case 'pointer':
      return { name, kind };
    case 'bytes':
      if (typeof length === 'string') return { name, kind, length: { argument: names.indexOf(length) } };
      return { name, kind, length: length ?? 0 };
    default:
      return { name, kind: 'number' };
  }
}

function judge(hypercall: UserHypercall, result: unknown, xen: Xen): number | bigint {
  if (typeof result === 'number' && Number.isInteger(result))
    return Number.isSafeInteger(result) ? result : BigInt(result);
  if (typeof result === 'bigint') return BigInt.asIntN(64, result);
  if (result === undefined) return 0;
  const name = typeof result === 'string' ? result.replace(/^-/, '') : '';
  if (isErrnoName(name)) return -errno[name];
  const what =
    result instanceof Promise ? say('a promise (a handler must not be async)') : `${typeof result} ${oneLine(result)}`;
  if (result instanceof Promise) result.catch(() => {}); // its rejection is answered here
  xen.call.remark ??= { kind: 'returned', text: what };
  xen.printk(
    `<0>${say("{name}: handler returned {what}, not a whole number or an errno's name; the caller gets EINVAL", { name: hypercall.name, what })}`,
  );
  return -errno.EINVAL;
}

function placeOf(error: unknown, hypercall: UserHypercall): { at?: string } {
  const at = placeIn(error, hypercall.source);
  return at === undefined ? {} : { at };
}

function isErrnoName(name: string): name is keyof typeof errno {
  return Object.hasOwn(errno, name);
}

function oneLine(value: unknown): string {
  return String(value).split('\n')[0] ?? '';
}
