// The functions that Fauxen provides to a compiled module, by name; include/runtime/services.h declares them.

import { say } from '../../language/say.ts';
import type { Call } from '../../xen/call/call.ts';
import { shutdownReasons } from '../../xen/domain/domain.ts';
import { pauseDomain, pauseVcpu, shutdownDomain, unpauseDomain, unpauseVcpu } from '../../xen/domain/lifecycle.ts';
import { raiseGlobalVirq, raiseVcpuVirq } from '../../xen/domain/raise-virq.ts';
import { isGlobalVirq } from '../../xen/domain/virq.ts';
import { XEN_CAPABILITIES } from '../../xen/hypercalls/xen_version/capabilities.ts';
import { extraversion } from '../../xen/machine/extraversion.ts';
import { domainValues, machineValues, vcpuValues } from './domain-values.ts';
import { formatPrintk } from './format.ts';
import { CHandlerError } from './handler-error.ts';

/** The module whose hypercall runs. Addresses are the module's unless noted. */
export interface Running {
  readonly call: Call;
  readonly view: DataView;
  /** Bytes of its memory. Throws CHandlerError for an address outside it. */
  inside(at: bigint, bytes: bigint): Uint8Array;
  /** A text in the module's memory or, as on a Xen without SMAP, in the caller's. */
  text(at: bigint): string;
  /** A value that a function of include/runtime returns for a struct of the module. */
  number(name: StructReader, at: bigint): number;
  /** Reports an access through a pointer outside the module's memory. Throws CHandlerError if this Xen would crash. */
  follow(at: bigint, writes: boolean): void;
  /** A text that exists as long as the module, cached by its address. */
  constant(at: bigint): string;
  /** The values for the names in a constant array, cached by its address. */
  list<T>(at: bigint, count: bigint, meanings: Readonly<Record<string, T>>): readonly (T | undefined)[];
}

/** Functions of include/runtime/domain.c that a module exports. */
export const structReaders = ['fauxen_domain_number', 'fauxen_vcpu_number', 'fauxen_vcpu_domain'] as const;
export type StructReader = (typeof structReaders)[number];

type Value = bigint | number | boolean | undefined;
export type Service = (running: Running, ...args: bigint[]) => Value;

const encoder = new TextEncoder();
const wide = (value: Value): bigint => BigInt.asIntN(64, BigInt(value ?? 0));

function format(running: Running, text: bigint, list: bigint): string {
  const { major, minor } = running.call.hypervisor.abi;
  return formatPrintk(running.text(text), Number(list), {
    view: running.view,
    release: major * 100 + minor,
    text: (at) => running.text(at),
    bytes: (at, length) => running.inside(at, BigInt(length)),
    domain: (at) => running.number('fauxen_domain_number', at),
    vcpu: (at) => ({
      domain: running.number('fauxen_vcpu_domain', at),
      id: running.number('fauxen_vcpu_number', at),
    }),
  });
}

/** Operations of a handler on a domain; -1 if there is none. */
const acts: Readonly<Record<string, (call: Call, domid: number, value: number) => void>> = {
  pause: ({ hypervisor }, domid) => pauseDomain(hypervisor, existing(hypervisor.domains.get(domid))),
  unpause({ hypervisor }, domid) {
    const domain = existing(hypervisor.domains.get(domid));
    if (domain.controllerPauseCount > 0) unpauseDomain(hypervisor, domain);
  },
  vcpu_pause: ({ hypervisor }, domid, id) => pauseVcpu(hypervisor, existing(hypervisor.domains.get(domid)?.vcpus[id])),
  vcpu_unpause({ hypervisor }, domid, id) {
    const vcpu = existing(hypervisor.domains.get(domid)?.vcpus[id]);
    if (vcpu.pauseCount > 0) unpauseVcpu(hypervisor, vcpu);
  },
  shutdown: ({ hypervisor }, domid, reason) =>
    shutdownDomain(hypervisor, existing(hypervisor.domains.get(domid)), reason & 0xff),
  crash: ({ hypervisor }, domid) =>
    shutdownDomain(hypervisor, existing(hypervisor.domains.get(domid)), shutdownReasons.crash),
  max_pages({ hypervisor }, domid, pages) {
    existing(hypervisor.domains.get(domid)).maxPages = pages;
  },
  shutdown_code({ hypervisor }, domid, code) {
    existing(hypervisor.domains.get(domid)).shutdownCode = code;
  },
  virq({ hypervisor }, domid, virq) {
    if (isGlobalVirq(virq)) raiseGlobalVirq(hypervisor, virq);
    else raiseVcpuVirq(hypervisor, existing(hypervisor.domains.get(domid)), 0, virq);
  },
};

function existing<T>(found: T | undefined): T {
  if (found === undefined)
    throw new CHandlerError(say('the handler used a domain or virtual CPU that no longer exists'));
  return found;
}

const services: Readonly<Record<string, Service>> = {
  fauxen_printk(running, text, list) {
    running.call.hypervisor.console.printk(format(running, text, list));
    return undefined;
  },
  fauxen_guest_printk(running, domid, text, list) {
    running.call.hypervisor.console.printk(format(running, text, list), `(d${domid}) `);
    return undefined;
  },
  fauxen_panic(running, text, list) {
    throw new CHandlerError(format(running, text, list).trimEnd());
  },
  /** Returns the length of the whole text, as vsnprintf does. */
  fauxen_format(running, to, size, text, list) {
    const bytes = encoder.encode(format(running, text, list));
    if (size > 0n) {
      const room = running.inside(to, BigInt(Math.min(bytes.length + 1, Number(size))));
      room.set(bytes.subarray(0, room.length - 1));
      room[room.length - 1] = 0;
    }
    return bytes.length;
  },
  /** dprintk and similar functions, which a release build does not contain. */
  fauxen_silent(running, macro, file, line, text) {
    const place = `${running.constant(file)}:${line}`;
    running.call.hypervisor.console.lastHidden ??= {
      text: running.constant(text),
      level: 0,
      guest: false,
      releaseBuild: `${running.constant(macro)} at ${place}`,
    };
    return undefined;
  },
  fauxen_copy_from_guest({ call, inside }, to, from, bytes) {
    return call.copyFromGuest(Number(from), inside(to, bytes)) ? 0n : left(call, from, bytes);
  },
  fauxen_copy_to_guest({ call, inside }, to, from, bytes) {
    return call.copyToGuest(Number(to), inside(from, bytes)) ? 0n : left(call, to, bytes);
  },
  fauxen_clear_guest({ call }, to, bytes) {
    for (let done = 0n; done < bytes; done += BigInt(zeroes.length)) {
      const length = Math.min(zeroes.length, Number(bytes - done));
      if (!call.copyToGuest(Number(to + done), zeroes, length)) return left(call, to, bytes);
    }
    return 0n;
  },
  /** A load or store outside the module's memory, which on a Xen without SMAP reaches the caller's memory. */
  fauxen_load(running, at, bytes) {
    running.follow(at, false);
    const found = new DataView(new ArrayBuffer(8));
    const into = new Uint8Array(found.buffer, 0, Number(bytes));
    if (running.call.memory.read(Number(at), into, 0, into.length) < into.length) throw notMapped(at);
    return found.getBigUint64(0, true);
  },
  fauxen_store(running, at, bytes, value) {
    running.follow(at, true);
    const word = new DataView(new ArrayBuffer(8));
    word.setBigUint64(0, value, true);
    const from = new Uint8Array(word.buffer, 0, Number(bytes));
    if (running.call.memory.write(Number(at), from, 0, from.length) < from.length) throw notMapped(at);
    return undefined;
  },
  fauxen_now: ({ call }) => call.hypervisor.machine.uptime(),
  fauxen_seconds: ({ call }) => Math.floor(call.hypervisor.machine.wallclock() / 1000),
  fauxen_random({ call }) {
    const bytes = new Uint8Array(4);
    call.hypervisor.machine.random(bytes);
    return new DataView(bytes.buffer).getUint32(0);
  },
  /** A text of the build, with its NUL. */
  fauxen_build_text({ call, constant, inside }, what, to, size) {
    const { abi, machine, commandLine } = call.hypervisor;
    const release = { extraversion: extraversion(machine.build, abi.version), capabilities: XEN_CAPABILITIES };
    const texts = { ...machine.build, ...release, commandLine: commandLine.text };
    const text = Object.entries(texts).find(([name]) => name === constant(what))?.[1] ?? '';
    const bytes = encoder.encode(`${text.slice(0, Number(size) - 1)}\0`);
    inside(to, BigInt(bytes.length)).set(bytes);
    return undefined;
  },
  fauxen_machine: ({ call, constant }, what) => machineValues[constant(what)]?.(call.hypervisor),
  fauxen_caller: ({ call }) => call.domain.id,
  fauxen_domain_from: ({ call }, id) => call.hypervisor.domains.next(Number(id))?.id ?? -1,
  fauxen_domain_value({ call, constant }, id, what) {
    const domain = call.hypervisor.domains.get(Number(id));
    return domain === undefined ? 0 : domainValues[constant(what)]?.(domain);
  },
  fauxen_domain_values({ call, list, view }, id, names, count, to) {
    const domain = call.hypervisor.domains.get(Number(id));
    if (domain === undefined) return undefined;
    const getters = list(names, count, domainValues);
    for (let index = 0; index < getters.length; index += 1) put(view, Number(to) + 8 * index, getters[index]?.(domain));
    return undefined;
  },
  fauxen_vcpu_values({ call: { hypervisor }, list, view }, id, vcpu, names, count, to) {
    const found = hypervisor.domains.get(Number(id))?.vcpus[Number(vcpu)];
    if (found === undefined) return undefined;
    const getters = list(names, count, vcpuValues);
    const now = hypervisor.now();
    for (let index = 0; index < getters.length; index += 1)
      put(view, Number(to) + 8 * index, getters[index]?.(found, now));
    return undefined;
  },
  fauxen_domain_handle({ call, inside }, id, to) {
    const domain = call.hypervisor.domains.get(Number(id));
    if (domain !== undefined) inside(to, 16n).set(domain.handle);
    return undefined;
  },
  fauxen_act({ call, constant }, what, domid, value) {
    acts[constant(what)]?.(call, Number(domid), Number(value));
    return 0;
  },
};

function notMapped(at: bigint): CHandlerError {
  return new CHandlerError(
    say('the handler dereferenced 0x{address}, where the caller has nothing mapped', { address: at.toString(16) }),
  );
}

/** Writes a value as 64 bits. */
function put(view: DataView, at: number, value: Value): void {
  if (typeof value === 'number' && value >= 0) {
    view.setUint32(at, value % 2 ** 32, true);
    view.setUint32(at + 4, Math.floor(value / 2 ** 32), true);
  } else view.setBigInt64(at, wide(value), true);
}

/** Number of bytes that a failed copy did not copy. */
function left(call: Call, start: bigint, bytes: bigint): bigint {
  return start + bytes - BigInt(call.faultAddress ?? Number(start));
}

const zeroes = new Uint8Array(65536);

/** The functions that a module may import. */
export const serviceNames: readonly string[] = Object.keys(services);

/** The services as the module's imports. `running` is asked at each call. */
export function bindServices(running: () => Running): Record<string, (...args: bigint[]) => bigint> {
  const bind =
    (service: Service) =>
    (...args: bigint[]) =>
      wide(service(running(), ...args.map((each) => BigInt.asUintN(64, each))));
  return Object.fromEntries(Object.entries(services).map(([name, service]) => [name, bind(service)]));
}
