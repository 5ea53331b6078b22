import { say } from '../language/say.ts';
import type { Struct } from '../xen/abi/layout.ts';
import type { Call } from '../xen/call/call.ts';
import type { ErrnoName } from '../xen/errno.ts';
import type { Argument } from './arguments.ts';
import { destructuredNames } from './handler-parameters.ts';
import { didYouMean, refuseUnknownKeys } from './nearest.ts';
import type { GuestKind } from './patch/tables/guest-kind.ts';
import type { Xen } from './xen.ts';

/** Most arguments that privcmd passes. */
export const MAX_ARGUMENTS = 5;

/** Names to decoders, in the order of the hypercall's arguments. */
export type Arguments = Readonly<Record<string, Argument<unknown>>>;

export type Decoded<A extends Arguments> = { [name in keyof A]: A[name] extends Argument<infer T> ? T : never };

/** What a handler returns: a number (negative: -errno), an errno by name ('EINVAL'), or nothing for 0. */
export type HandlerResult = number | bigint | ErrnoName | undefined;

export interface HypercallDefinition<A extends Arguments = Arguments> {
  /** As in __HYPERVISOR_name: a C identifier. */
  name: string;
  /** Any number, including one of Xen's own. */
  number: number;
  /** Up to five, in order. */
  args?: A;
  /** Handles the call. Must be synchronous: a hypercall cannot be answered later. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler without a return statement answers 0
  handler(args: Decoded<A>, xen: Xen): HandlerResult | void;
}

/** A checked definition, as a file exports it. */
export interface UserHypercall {
  readonly name: string;
  readonly number: number;
  readonly args: Arguments;
  readonly handler: (args: Readonly<Record<string, unknown>>, xen: Xen) => unknown;
  /** "file:line" of the defineHypercall call, if the stack has it. */
  readonly source: string | undefined;
  /** Its parameters in C, if it was written in C. */
  readonly prototype?: readonly string[];
  /** Per argument: the struct that it points to, for traces. Of a hypercall in C. */
  readonly structs?: readonly (Struct | undefined)[] | undefined;
  /** The guests that have it in their table; absent: all. */
  readonly guests?: ReadonlySet<GuestKind>;
  /** If only some guests have it in their table: why the caller does not, and what to change. It gets Xen's own hypercall, or ENOSYS. */
  readonly absent?: (call: Call) => { why: string; change: string } | undefined;
}

/** Thrown by defineHypercall for a definition that cannot work. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
}

const KEYS: readonly string[] = ['name', 'number', 'args', 'handler'];

/** Checks a definition and returns it in the form that `--hypercalls` loads. Throws DefinitionError. */
export function defineHypercall<A extends Arguments>(definition: HypercallDefinition<A>): UserHypercall {
  const { name, number, handler } = definition;
  const args: Arguments = definition.args ?? {};
  const fail = (problem: string): never => {
    throw new DefinitionError(`defineHypercall: ${problem}`);
  };
  refuseUnknownKeys(definition, KEYS, fail);
  if (typeof name !== 'string' || !/^[A-Za-z_]\w*$/.test(name))
    fail(say('name must be a C identifier, got {got}', { got: show(name) }));
  if (!Number.isSafeInteger(number) || number < 0)
    fail(say('number of {name} must be a whole number from 0, got {got}', { name, got: show(number) }));
  if (typeof handler !== 'function') fail(say('{name} has no handler: add handler(args, xen) { … }', { name }));
  if (typeof args !== 'object' || Array.isArray(args))
    fail(say('args of {name} gives each argument a name: args: { length: u32 }', { name }));
  const names = Object.keys(args);
  const has = names.length === 0 ? say('it has none') : say('its arguments are {names}', { names: names.join(', ') });
  if (names.length > MAX_ARGUMENTS)
    fail(
      say('{name} has {count} arguments; privcmd passes at most {most}', {
        name,
        count: names.length,
        most: MAX_ARGUMENTS,
      }),
    );
  for (const each of names) {
    if (typeof args[each]?.decode !== 'function')
      fail(say('argument {argument} of {name} has no type: use string(), u32, pointer() …', { argument: each, name }));
    const length = args[each]?.length;
    if (typeof length === 'string' && !names.includes(length))
      fail(
        say("the length of {argument} of {name} is an argument '{length}'{suggestion}: {has}", {
          argument: each,
          name,
          length,
          suggestion: didYouMean(length, names),
          has,
        }),
      );
  }
  for (const each of destructuredNames(handler) ?? []) {
    if (!names.includes(each)) {
      fail(
        say("the handler of {name} takes an argument '{argument}'{suggestion}: {has}", {
          name,
          argument: each,
          suggestion: didYouMean(each, names),
          has,
        }),
      );
    }
  }
  // The handler's own argument type is narrower; `args` above is what makes it right.
  return { name, number, args, handler: handler as UserHypercall['handler'], source: callSite() };
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
}

/** The source location of the call of the function that calls this. */
export function callSite(): string | undefined {
  const line = new Error().stack?.split('\n')[3] ?? '';
  return /\(?((?:file:\/\/)?\/[^()]+?:\d+):\d+\)?$/.exec(line)?.[1]?.replace('file://', '');
}
