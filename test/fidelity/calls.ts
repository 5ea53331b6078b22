import type { Abi, SubOperationFamily } from '../../src/xen/abi/abi.ts';
import { layOut, type Member, membersOf } from './layout.ts';
import { type Buffer, type Kind, type Script, type Value, Variable } from './script.ts';
import { unionMember } from './union-member.ts';

/** What a member is set to in a walk: a number, a variable, or a list of numbers that it points to. */
type Given = number | bigint | Variable | { readonly u64: readonly (number | bigint)[] } | { readonly bytes: number };

export interface Called {
  /** The line's id, and a description of the call. */
  readonly id: string;
  readonly asked?: string;
  readonly set?: Readonly<Record<string, Given>>;
  /** Members whose change is not printed as a number. */
  readonly kinds?: Readonly<Record<string, Kind>>;
  /** Members that are kept for later calls. */
  readonly keep?: Readonly<Record<string, Variable>>;
}

/** Single calls of a walk, by the names of the ABI data. */
export class Calls {
  readonly script: Script;
  readonly abi: Abi;

  constructor(script: Script, abi: Abi) {
    this.script = script;
    this.abi = abi;
  }

  domctl(name: string, domain: number | Variable, called: Called, of = unionMember(name)): void {
    const { domctlVersion } = this.abi;
    const members = membersOf(this.abi.struct('xen_domctl'), `u.${of}.`);
    const fixed = this.#header('XEN_DOMCTL', name, domctlVersion);
    const struct = this.#struct(144, members, called);
    this.#store(struct, fixed);
    this.script.store(struct, 8, 2, domain instanceof Variable ? domain : BigInt(domain));
    this.#perform('domctl', [struct], struct, members, called);
  }

  sysctl(name: string, called: Called, of = unionMember(name)): void {
    const members = membersOf(this.abi.struct('xen_sysctl'), `u.${of}.`);
    const struct = this.#struct(136, members, called);
    this.#store(struct, this.#header('XEN_SYSCTL', name, this.abi.sysctlVersion));
    this.#perform('sysctl', [struct], struct, members, called);
  }

  /** `struct`: a name in the ABI data, or members as layOut() reads them. */
  stable(hypercall: string, family: SubOperationFamily, name: string, struct: string, called: Called): void {
    const command = this.abi.subOperations(family)[name];
    if (command === undefined) throw new RangeError(`Xen ${this.abi.version} has no ${hypercall} ${name}`);
    this.pointed(hypercall, (buffer) => [BigInt(command), buffer, 1n], struct, called);
  }

  /** A dm_op of a domain. */
  dm(name: string, domain: number, members: string, called: Called): void {
    const laid = layOut(members, 8);
    const struct = this.#struct(32, laid, called);
    const operation = this.abi.subOperations('XEN_DMOP')[name];
    if (operation === undefined) throw new RangeError(`Xen ${this.abi.version} has no dm_op ${name}`);
    this.script.store(struct, 0, 4, BigInt(operation));
    const list = this.script.buffer(32);
    this.script.store(list, 0, 8, struct);
    this.script.store(list, 8, 8, 32n);
    this.#perform('dm_op', [BigInt(domain), 1n, list], struct, laid, called);
  }

  pointed(hypercall: string, args: (buffer: Buffer) => Value[], struct: string, called: Called): void {
    const members = struct.includes(':') ? layOut(struct) : membersOf(this.abi.struct(struct));
    const end = members.reduce((last, { offset, size }) => Math.max(last, offset + size), 64);
    const size = struct.includes(':') ? end : this.abi.struct(struct).size;
    const buffer = this.#struct(size, members, called);
    this.#perform(hypercall, args(buffer), buffer, members, called);
  }

  #header(family: SubOperationFamily, name: string, version: number): readonly [number, number] {
    const command = this.abi.subOperations(family)[name];
    if (command === undefined) throw new RangeError(`Xen ${this.abi.version} has no ${family}_${name}`);
    return [command, version];
  }

  #store(struct: Buffer, [command, version]: readonly [number, number]): void {
    this.script.store(struct, 0, 4, BigInt(command));
    this.script.store(struct, 4, 4, BigInt(version));
  }

  #struct(size: number, members: readonly Member[], { set = {} }: Called): Buffer {
    const struct = this.script.buffer(size);
    for (const [path, given] of Object.entries(set)) {
      const member = members.find((each) => each.path === path);
      if (member === undefined) throw new RangeError(`Xen ${this.abi.version}: no member ${path}`);
      this.script.store(struct, member.offset, member.size, this.#value(given));
    }
    return struct;
  }

  #value(given: Given): Value {
    if (given instanceof Variable) return given;
    if (typeof given !== 'object') return BigInt(given);
    if ('bytes' in given) return this.script.buffer(given.bytes);
    const list = this.script.buffer(Math.max(8, given.u64.length * 8));
    for (const [index, value] of given.u64.entries()) this.script.store(list, index * 8, 8, BigInt(value));
    return list;
  }

  #perform(hypercall: string, args: Value[], struct: Buffer, members: readonly Member[], called: Called): void {
    const number = this.abi.hypercalls[hypercall];
    if (number === undefined) throw new RangeError(`Xen ${this.abi.version} has no hypercall ${hypercall}`);
    this.script.call(number, args);
    for (const { path, offset, size } of members) {
      this.script.show(struct, offset, size, called.kinds?.[path] ?? (size > 8 ? 'bytes' : 'number'), path);
      const variable = called.keep?.[path];
      if (variable !== undefined) this.script.keep(variable, struct, offset, size);
    }
    this.script.showRest(struct, 'rest');
    this.script.emit(called.id, called.asked ?? '');
  }
}
