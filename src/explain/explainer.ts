import type { RefusedIoctl } from '../drivers/privcmd/privcmd.ts';
import type { Call } from '../xen/call/call.ts';
import type { GuestMemory } from '../xen/call/guest-memory.ts';
import type { Hypercall } from '../xen/call/hypercall.ts';
import { signatureOf } from '../xen/call/signatures.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import { explain } from './explain.ts';
import type { CallerFacts, Explanation, Failure, StrayIoctl } from './failure.ts';
import { MemoryMap } from './memory-map.ts';
import { isProbingIoctl } from './probes.ts';
import { recordLine } from './text.ts';

/** Most distinct failures to keep; the oldest is dropped. */
export const MAX_RECORDS = 64;

/** Most distinct failures to examine per second: each takes about 100 µs, and a fuzzer causes thousands. */
const MAX_PER_SECOND = 50;

/** Bytes of the call's struct that distinguish failures: command, version, domain and the first fields of the command. */
const HEAD_BYTES = 32;
const head = Buffer.alloc(HEAD_BYTES);

/** A failure with its cause. */
export interface FailureRecord {
  readonly caller: CallerFacts;
  readonly explanation: Explanation;
  /** Number of occurrences. */
  count: number;
  /** Time of the last occurrence: milliseconds since the epoch. */
  time: number;
}

export interface ExplainerOptions {
  hypervisor: Hypervisor;
  /** The thread that makes the call whose memory this is. */
  tid(memory: GuestMemory): number;
  /** Describes that thread; called once for each new failure. */
  caller(tid: number): CallerFacts;
  /** The text of /proc/PID/maps of the caller, "" if there is none. */
  maps(caller: CallerFacts): string;
  /** Files of the user's hypercalls. */
  files?(): readonly string[];
  strictMemory?: boolean;
  /** Also prints each new failure to dmesg. */
  dmesg?: boolean;
}

/** Keeps the last failing calls of a hypervisor, each with its cause. */
export class Explainer {
  readonly #options: ExplainerOptions;
  readonly #byKey = new Map<string, FailureRecord>();
  #second = 0;
  #lookedInto = 0;
  #missed = 0;

  constructor(options: ExplainerOptions) {
    this.#options = options;
    options.hypervisor.hooks.notable.add((call, row, result) => this.#noteCall(call, row, result));
  }

  /** The last failures, oldest first. */
  records(last = MAX_RECORDS): FailureRecord[] {
    return last <= 0 ? [] : [...this.#byKey.values()].slice(-last);
  }

  /** Number of failures that came too fast to be examined. */
  get overlooked(): number {
    return this.#missed;
  }

  /** Records an ioctl that the driver refused. */
  noteIoctl(refused: RefusedIoctl): void {
    if (isProbingIoctl(refused.command)) return;
    const tid = this.#options.tid(refused.memory);
    const { command, result, restricted, compat } = refused;
    this.#note(`${tid} ioctl ${command} ${result} ${restricted} ${compat}`, tid, (caller) => ({
      kind: 'ioctl',
      hypervisor: this.#options.hypervisor,
      caller,
      map: this.#mapOf(caller),
      ...refused,
    }));
  }

  /** Records an ioctl that was meant for privcmd. */
  noteStray(stray: Omit<StrayIoctl, 'kind' | 'caller'> & { readonly tid: number }): void {
    const { tid, ...about } = stray;
    const { command, descriptor, name } = about;
    this.#note(`${tid} stray ${command} ${descriptor} ${name}`, tid, (caller) => ({ kind: 'stray', caller, ...about }));
  }

  #noteCall(call: Call, row: Hypercall | undefined, result: number | bigint): void {
    const { hypervisor, files, strictMemory } = this.#options;
    const tid = this.#options.tid(call.memory);
    const number = call.view.getBigUint64(0, true);
    const key = `${tid} ${number} ${call.u32(0)} ${result} ${call.faultAddress} ${call.remark?.text} ${headOf(call, row)}`;
    this.#note(key, tid, (caller) => ({
      kind: 'hypercall',
      hypervisor,
      caller,
      memory: call.memory,
      map: this.#mapOf(caller),
      number,
      row,
      args: [0, 1, 2, 3, 4].map((index) => call.u64(index)),
      domid: call.domain.id,
      privileged: call.domain.privileged,
      result,
      fault:
        call.faultAddress === undefined
          ? undefined
          : { address: call.faultAddress, start: call.faultStart, wrote: call.faultWrote },
      remark: call.remark,
      hidden: hypervisor.console.lastHidden,
      files: files?.() ?? [],
      strictMemory: strictMemory ?? false,
    }));
  }

  /** A repeated identical failure costs only a map lookup. */
  #note(key: string, tid: number, failure: (caller: CallerFacts) => Failure): void {
    const now = this.#options.hypervisor.machine.wallclock();
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      known.count += 1;
      known.time = now;
      this.#byKey.delete(key);
      this.#byKey.set(key, known); // move it to the end
      return;
    }
    if (!this.#mayLook()) return;
    const caller = this.#options.caller(tid);
    const explanation = explain(failure(caller));
    if (explanation === undefined) return;
    const record = { caller, explanation, count: 1, time: now };
    this.#byKey.set(key, record);
    for (const oldest of this.#byKey.keys()) {
      if (this.#byKey.size <= MAX_RECORDS) break;
      this.#byKey.delete(oldest);
    }
    if (this.#options.dmesg) this.#options.hypervisor.console.printk(`<0>${recordLine(record)}\n`);
  }

  #mayLook(): boolean {
    const second = Number(this.#options.hypervisor.machine.uptime() / 1_000_000_000n);
    if (second !== this.#second) {
      this.#second = second;
      this.#lookedInto = 0;
    }
    this.#lookedInto += 1;
    if (this.#lookedInto <= MAX_PER_SECOND) return true;
    this.#missed += 1;
    return false;
  }

  #mapOf(caller: CallerFacts): MemoryMap {
    return new MemoryMap(() => this.#options.maps(caller));
  }
}

/** The beginning of the struct that the call points to, as text: programs use the same buffer for one call after another. */
function headOf(call: Call, row: Hypercall | undefined): string {
  const index = signatureOf(row).findIndex(({ kind }) => kind === 'struct');
  if (index < 0) return '';
  const length = call.memory.read(call.address(index), head, 0, HEAD_BYTES);
  return length > 0 ? head.toString('latin1', 0, length) : '';
}
