import type { Abi } from '../xen/abi/abi.ts';
import type { Parameter } from '../xen/call/signatures.ts';
import { pathLines } from './call-path.ts';
import { Decoder, type TracedCall } from './decoder.ts';
import { callJson, callLine, errorOf } from './line.ts';
import { Summary } from './summary.ts';
import { structFields, subOperationName } from './values.ts';

/** Which calls to show, and how. */
export interface TraceOptions {
  pids: readonly number[];
  /** Names or numbers of hypercalls, or names of sub-operations. */
  names: readonly string[];
  /** Names of errors; `any` matches every failed call. */
  errnos: readonly string[];
  json: boolean;
  /** A table at the end instead of lines. */
  summary: boolean;
  /** 1: show structs; 2: also show the path of each call. */
  verbosity: number;
}

/** Turns the raw records of a trace into text. */
export class TracePrinter {
  readonly #options: TraceOptions;
  readonly #write: (text: string) => void;
  readonly #abi: Abi;
  readonly #summary = new Summary();
  readonly #decoder: Decoder;
  #dom0Bits: 32 | 64 = 64;
  /** Collects text, because a write for each line would cost more than the line itself. */
  #text = '';

  /** `abi`: that of the traced release, which has the layout of structs. */
  constructor(options: TraceOptions, abi: Abi, write: (text: string) => void) {
    this.#options = options;
    this.#abi = abi;
    this.#write = write;
    this.#decoder = new Decoder({
      call: (call) => this.#call(call),
      lost: (calls) => this.#add(`(${calls} calls are missing here: they came faster than they could be read)\n`),
      start: (_xen, dom0Bits) => {
        this.#dom0Bits = dom0Bits;
      },
    });
  }

  push(bytes: Uint8Array): void {
    this.#decoder.push(bytes);
    this.#flush();
  }

  /** Called at the end of the trace. */
  end(): void {
    if (this.#options.summary) this.#write(this.#summary.text());
  }

  #call(call: TracedCall): void {
    const { json, summary, verbosity } = this.#options;
    if (!this.#isWanted(call)) return;
    if (summary) {
      this.#summary.add(call);
      return;
    }
    if (json) {
      this.#add(`${callJson(call)}\n`);
      return;
    }
    const details = [
      ...(verbosity > 0 ? this.#structs(call) : []),
      ...(verbosity > 1 ? pathLines(call, this.#abi.version, call.domid === 0 ? this.#dom0Bits : 64) : []),
    ];
    this.#add(`${[callLine(call), ...details.map((line) => `    ${line}`)].join('\n')}\n`);
  }

  #add(text: string): void {
    this.#text += text;
  }

  #flush(): void {
    if (this.#text !== '') this.#write(this.#text);
    this.#text = '';
  }

  #isWanted(call: TracedCall): boolean {
    const { pids, names, errnos } = this.#options;
    if (pids.length > 0 && !pids.includes(call.caller.pid) && !pids.includes(call.caller.tid)) return false;
    if (names.length > 0) {
      const own = [call.row?.name, String(call.number), subOperationName(call)];
      if (!own.some((name) => name !== undefined && names.includes(name))) return false;
    }
    if (errnos.length === 0) return true;
    const error = errorOf(call);
    return error !== undefined && (errnos.includes('any') || errnos.includes(error));
  }

  /** The structs that arguments point to: as the caller passed them, and the handler's changes. */
  #structs(call: TracedCall): string[] {
    const lines: string[] = [];
    for (const [index, parameter] of (call.row?.parameters ?? []).entries()) {
      const before = call.before.get(index);
      if (parameter.kind !== 'struct' || before === undefined) continue;
      const name = elements(call, parameter) > 1 ? `${parameter.name}[0]` : parameter.name;
      const came = structFields(call, parameter, before, this.#abi);
      if (came.length === 0) continue;
      const after = call.after.get(index);
      const now = after === undefined ? [] : structFields(call, parameter, after, this.#abi);
      const changed = now.filter(([, value], at) => came[at]?.[1] !== value);
      lines.push(`${name}   = {${came.map(([path, value]) => `${path}=${value}`).join(', ')}}`);
      if (changed.length > 0)
        lines.push(`${name} -> {${changed.map(([path, value]) => `${path}=${value}`).join(', ')}}`);
    }
    return lines;
  }
}

/** The number of structs that the argument points to. */
function elements({ row, args }: TracedCall, { byCommand }: Parameter): number {
  const count = byCommand ? row?.countArgument : undefined;
  return count === undefined ? 1 : Number(args[count] ?? 1n);
}
