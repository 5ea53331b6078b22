// User-defined commands of Xen's hypercalls, written in C: `#define XEN_DOMCTL_lucky 1000` and a function domctl_lucky().

import { say } from '../../language/say.ts';
import type { Struct } from '../../xen/abi/layout.ts';
import type { UserHypercall } from '../define.ts';
import { commandPrefixes } from '../patch/release-numbers.ts';
import type { UserOperation } from '../user-operation.ts';
import type { Xen } from '../xen.ts';
import type { CFunction } from './functions.ts';
import type { CHypercall, CParameter } from './parse.ts';
import type { WantedType } from './struct-layouts.ts';

/** A command number that the text defines, and the name of the function that would handle it. */
export interface NumberedCommand {
  readonly of: string;
  readonly name: string;
  readonly macro: string;
  readonly symbol: string;
}

/** A command with its function. */
export interface COperation extends NumberedCommand {
  readonly number: number;
  readonly source: string;
  /** Wrapper of the function, which takes the address of the struct and a domain id. */
  readonly entry: CHypercall & { number: number; source: string };
  /** Its definition. */
  readonly text: string;
  /** The type of the struct that it takes, for traces. */
  readonly takes: WantedType | undefined;
}

/** Bytes of the union in the structs of these hypercalls, in every release. */
const UNION = 128;
const withUnion: ReadonlySet<string> = new Set(['domctl', 'sysctl', 'platform_op']);

/** The commands whose numbers a text defines. */
export function numberedCommands(text: string): NumberedCommand[] {
  return [...commandPrefixes].flatMap(([prefix, of]) =>
    [...text.matchAll(new RegExp(`^\\s*#\\s*define\\s+(${prefix}_(\\w+))`, 'gm'))].map(
      ([, macro = '', name = '']): NumberedCommand => ({ of, name, macro, symbol: `${of}_${name}` }),
    ),
  );
}

/** The C expression for a parameter; undefined if its type is unsupported. */
function kindOf({ type }: CParameter): 'domain' | 'handle' | 'struct' | undefined {
  if (/^struct domain \*$/.test(type)) return 'domain';
  if (/^(__guest_handle_|XEN_GUEST_HANDLE)/.test(type)) return 'handle';
  return /^[^*(]+\*$/.test(type) ? 'struct' : undefined;
}

/** The operation of a function. `fail` throws, with a reason. */
export function describeOperation(
  command: NumberedCommand,
  { parameters }: CFunction,
  place: { index: number; number: number; line: number; source: string },
  fail: (reason: string) => never,
): COperation {
  const { of, symbol, name } = command;
  const { index, number, line, source } = place;
  const entryName = `fauxen_operation_${index}`;
  const before: string[] = [];
  const after: string[] = [];
  const passed = parameters.map((parameter, each) => {
    const { type } = parameter;
    const kind = kindOf(parameter);
    if (kind === 'domain') return 'd';
    if (kind === 'handle') return `(${type}){ (void *)at }`;
    if (kind === undefined)
      return fail(
        say("{symbol} takes '{type}': an operation takes its struct, a guest handle of it, and a struct domain *", {
          symbol,
          type,
        }),
      );
    const copied = type.replace(/\bconst\b|\*/g, '').trim();
    before.push(`    ${copied} it${each};`);
    after.push(`    if ( fauxen_copy_from_guest(&it${each}, (void *)at, sizeof(it${each})) )\n        return -EFAULT;`);
    return `&it${each}`;
  });
  const structs = parameters.flatMap((each, at) => (kindOf(each) === 'struct' ? [{ ...each, at }] : []));
  if (structs.length > 1)
    fail(say('{symbol} takes {count} structs: an operation has one', { symbol, count: structs.length }));
  const back = structs.filter(({ type }) => !/\bconst\b/.test(type));
  const text = `#line ${line} "${source.replace(/:\d+$/, '')}"
long do_${entryName}(unsigned long at, unsigned long domid);
long do_${entryName}(unsigned long at, unsigned long domid)
{
    long result;
    struct domain *d = fauxen_domain_by_id(domid);
${before.join('\n')}
${withUnion.has(of) ? structs.map(({ at }) => `    BUILD_BUG_ON(sizeof(it${at}) > ${UNION});`).join('\n') : ''}

    if ( !d )
        return -ESRCH;
${after.join('\n')}
    result = ${symbol}(${passed.join(', ')});
${back.map(({ at }) => `    if ( result >= 0 && fauxen_copy_to_guest((void *)at, &it${at}, sizeof(it${at})) )\n        result = -EFAULT;`).join('\n')}
    return result;
}
`;
  const words = ['at', 'domid'].map((each) => ({ type: 'unsigned long', name: each }));
  const entry = { name: entryName, number, returns: 'long', parameters: words, line, source };
  const [type] = parameters.flatMap((each) => structTypeOf(each) ?? []);
  const takes = type === undefined ? undefined : { type, name: type.replace(/^struct /, '') };
  return { ...command, name, number, source, entry, text, takes };
}

/** The type that a parameter points to, by a pointer or a guest handle. */
function structTypeOf(parameter: CParameter): string | undefined {
  const kind = kindOf(parameter);
  if (kind === 'struct') return parameter.type.replace(/\bconst\b|\*/g, '').trim();
  if (kind !== 'handle') return undefined;
  const element = /^(?:struct )?__guest_handle_(?:param_|const_)*(\w+)$/.exec(parameter.type)?.[1];
  return element === undefined || /^(void|char|uint\d+(_t)?|u?int|u?long)$/.test(element) ? undefined : element;
}

/** The operation for the hypercall table, once its module runs. `compiled` is its entry, `argument` the layout of its struct. */
export function userOperation(
  { of, name, number, source }: COperation,
  compiled: UserHypercall,
  argument: Struct | undefined,
): UserOperation {
  return {
    argument,
    of,
    name,
    number,
    source,
    handler: (xen, address) => compiled.handler({ at: BigInt(address), domid: BigInt(domainOf(of, xen)) }, xen),
  };
}

const DOMID_OFFSET = 8; // in struct xen_domctl, behind the command and the version
const domid = new Uint8Array(2);

/** The domain that a call acts on: the one in struct xen_domctl, otherwise the caller. */
function domainOf(of: string, { call, domid: caller }: Xen): number {
  if (of !== 'domctl') return caller;
  return call.copyFromGuest(call.address(0) + DOMID_OFFSET, domid) ? (domid[0] ?? 0) + (domid[1] ?? 0) * 256 : caller;
}
