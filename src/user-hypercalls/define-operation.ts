import { say } from '../language/say.ts';
import { Struct } from '../xen/abi/layout.ts';
import { callSite, DefinitionError, type HandlerResult } from './define.ts';
import { refuseUnknownKeys } from './nearest.ts';
import { StructPointer, type StructType } from './struct.ts';
import type { UserOperation } from './user-operation.ts';
import type { Xen } from './xen.ts';

/** A sub-operation of your own in one of Xen's hypercalls, as `defineOperation` takes it. `T`: the type of its struct in the handler. */
export interface OperationDefinition<T> {
  /** The hypercall: domctl, sysctl, xen_version, memory_op … */
  of: string;
  /** As in XEN_DOMCTL_name, without the prefix. */
  name: string;
  /** Any number, including one of Xen's own. */
  number: number;
  /**
   * The struct that it takes. In domctl, sysctl and platform_op it lies in the union of Xen's struct, in the others the argument points
   * to it. It is copied in before the handler runs; `xen.copyBack(it)` copies it out.
   */
  struct?: StructType<T>;
  /** Handles the call after the hypercall's own checks. Must be synchronous: a hypercall cannot be answered later. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler without a return statement answers 0
  handler(argument: T, xen: Xen): HandlerResult | void;
}

const KEYS = ['of', 'name', 'number', 'struct', 'handler'];
/** A command is 32 bits wide. */
const MAX_NUMBER = 0xffffffff;

/**
 * Checks a definition and returns it in the form that `--hypercalls` loads. Throws DefinitionError.
 *
 * @example defineOperation({ of: 'sysctl', name: 'double', number: 100, struct: struct('double', { value: u32 }),
 *   handler(it, xen) { it.value *= 2; xen.copyBack(it); } });
 */
export function defineOperation<T = undefined>(definition: OperationDefinition<T>): UserOperation {
  const { of, name, number, struct, handler } = definition;
  const fail = (problem: string): never => {
    throw new DefinitionError(`defineOperation: ${problem}`);
  };
  refuseUnknownKeys(definition, KEYS, fail);
  const shown = JSON.stringify(name) ?? 'nothing';
  if (typeof name !== 'string' || !/^[A-Za-z_]\w*$/.test(name))
    fail(say('name must be a C identifier, got {got}', { got: shown }));
  if (typeof of !== 'string') fail(say("{name} needs 'of', the hypercall that it belongs to: of: 'domctl'", { name }));
  if (!Number.isInteger(number) || number < 0 || number > MAX_NUMBER)
    fail(
      say('number of {name} must be a whole number from 0 to {most}, got {got}', {
        name,
        most: MAX_NUMBER,
        got: JSON.stringify(number) ?? 'nothing',
      }),
    );
  if (struct !== undefined && struct.kind !== 'struct')
    fail(say("struct of {name} is not a struct: use struct('{name}', { … })", { name }));
  if (typeof handler !== 'function') fail(say('{name} has no handler: add handler(argument, xen) { … }', { name }));
  return {
    of,
    name,
    number,
    struct,
    argument: struct && new Struct(struct.name, struct.layout),
    source: callSite(),
    handler(xen, address) {
      // Without a struct, T is undefined.
      const argument = struct === undefined ? undefined : xen.copyStructFromGuest(new StructPointer(address, struct));
      return handler(argument as T, xen);
    },
  };
}
