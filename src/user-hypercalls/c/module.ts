// Runs a compiled module's hypercalls: gives them Xen's functions and catches what Xen would crash on.

import { setFlagsFromString } from 'node:v8';
import { u64 } from '../arguments.ts';
import type { Arguments, UserHypercall } from '../define.ts';
import { GuestPointer } from '../guest-pointer.ts';
import { HypercallError, type Xen } from '../xen.ts';
import { formatPrintk } from './format.ts';
import type { CHypercall } from './parse.ts';

/** Longest text that %s prints. */
const MAX_TEXT = 4096;
/** struct domain and struct vcpu of fauxen.h: domain_id u16 @0, is_privileged @2; vcpu_id @0, domain @8. */
const DOMAIN_BYTES = 8;

const decoder = new TextDecoder();

/** A hypercall in C that ended in a trap: a pointer followed that is not the module's, a BUG, a division by zero. */
export class CHandlerError extends Error {
  override readonly name = 'CHandlerError';
}

/** The hypercalls of a module, each by its entry `fauxen_entry_NAME`. `current` is where the module keeps its struct vcpu. */
export function moduleHypercalls(
  wasm: Uint8Array<ArrayBuffer>,
  found: readonly (CHypercall & { number: number; source: string })[],
): UserHypercall[] {
  // The module has Xen's word size: 64 bits. Node 20 and 22 have the feature behind this flag.
  setFlagsFromString('--experimental-wasm-memory64');
  let active: Xen | undefined;
  const xen = (): Xen => {
    if (active === undefined) throw new CHandlerError('no hypercall is running');
    return active;
  };
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), {
    env: {
      printk(format: bigint, list: bigint) {
        xen().call.hypervisor.console.printk(
          formatPrintk(textAt(format), Number(list), { view: view(), text: textAt }),
        );
        return 0;
      },
      panic(format: bigint, list: bigint) {
        throw new CHandlerError(formatPrintk(textAt(format), Number(list), { view: view(), text: textAt }));
      },
      fauxen_copy_from_guest(to: bigint, from: bigint, bytes: bigint) {
        return bytes - BigInt(xen().call.memory.read(Number(from), inside(to, bytes), 0, Number(bytes)));
      },
      fauxen_copy_to_guest(to: bigint, from: bigint, bytes: bigint) {
        return bytes - BigInt(xen().call.memory.write(Number(to), inside(from, bytes), 0, Number(bytes)));
      },
      fauxen_current() {
        const at = address('fauxen_vcpu');
        const domain = at - DOMAIN_BYTES;
        view().setUint16(domain, xen().domid, true);
        view().setUint8(domain + 2, xen().call.domain.privileged ? 1 : 0);
        view().setBigUint64(at + 8, BigInt(domain), true);
        return BigInt(at);
      },
    },
  });
  const { exports } = instance;
  const memory = exports.memory as WebAssembly.Memory; // the linker exports it under this name
  const view = () => new DataView(memory.buffer);
  const address = (name: string) => Number((exports[name] as WebAssembly.Global).value) + DOMAIN_BYTES;

  /** Bytes of the module's own memory; outside of it the C program copied to or from a pointer that is not Xen's. */
  function inside(at: bigint, bytes: bigint): Uint8Array {
    if (at + bytes > BigInt(memory.buffer.byteLength)) {
      throw new CHandlerError(`the hypervisor's side of a copy is 0x${at.toString(16)}, which is not its memory`);
    }
    return new Uint8Array(memory.buffer, Number(at), Number(bytes));
  }

  /** Text of the module's, or, as on a Xen without SMAP, of the caller's: that is reported. */
  function textAt(at: bigint): string {
    if (at === 0n) return '(null)';
    if (at < BigInt(memory.buffer.byteLength)) {
      const bytes = new Uint8Array(memory.buffer, Number(at));
      const end = bytes.indexOf(0);
      return decoder.decode(bytes.subarray(0, end < 0 ? MAX_TEXT : Math.min(end, MAX_TEXT)));
    }
    const { console } = xen().call.hypervisor;
    const shown = `0x${at.toString(16)}`;
    let text: string;
    try {
      text = xen().readString(new GuestPointer(Number(at)), MAX_TEXT);
    } catch (error) {
      if (error instanceof HypercallError)
        throw new CHandlerError(`%s of ${shown}, where the caller has nothing mapped`);
      throw error;
    }
    xen().call.remark ??= { kind: 'pointer', text: `${shown}, printed with %s,` };
    console.printk(
      `<1>a guest's pointer ${shown} was printed with %s and not copied: a Xen without SMAP prints it, today's faults; use copy_from_guest\n`,
    );
    return text;
  }

  return found.map(({ name, number, parameters, source }) => {
    const entry = exports[`fauxen_entry_${name}`] as (...args: bigint[]) => bigint; // compile() appended it
    const args: Arguments = Object.fromEntries(parameters.map((parameter) => [parameter.name, u64]));
    return {
      name,
      number,
      args,
      source,
      handler(decoded, running) {
        active = running;
        try {
          const raw = Object.values(decoded) as bigint[]; // u64 decodes to bigint
          return entry(...raw, ...new Array<bigint>(5 - raw.length).fill(0n));
        } catch (error) {
          if (!(error instanceof WebAssembly.RuntimeError)) throw error;
          if (/out of bounds/.test(error.message)) {
            running.call.remark ??= { kind: 'pointer', text: 'that its caller passed', at: source };
          }
          throw explainTrap(name, error);
        } finally {
          active = undefined;
        }
      },
    };
  });
}

function explainTrap(name: string, error: Error): CHandlerError {
  const where = /at (\w+) \(wasm:/.exec(error.stack ?? '')?.[1]?.replace('fauxen_entry_', 'do_') ?? `do_${name}`;
  if (/out of bounds/.test(error.message)) {
    return new CHandlerError(
      `${where} followed a pointer that is not the hypervisor's: a guest's address must go through copy_from_guest or copy_to_guest`,
    );
  }
  return new CHandlerError(`${where}: ${error.message}`);
}
