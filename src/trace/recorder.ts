import type { Call } from '../xen/call/call.ts';
import type { GuestMemory } from '../xen/call/guest-memory.ts';
import type { Hypercall, SubOperation } from '../xen/call/hypercall.ts';
import { type Place, positionOf } from '../xen/call/place.ts';
import { type Parameter, signatureOf } from '../xen/call/signatures.ts';
import type { Tracer } from '../xen/call/tracers.ts';
import type { Hypervisor } from '../xen/hypervisor.ts';
import { AFTER, at, BEFORE, CALL, guestTypes, NOTE, type Note, type SubOperationNote } from './record.ts';
import type { TraceRing } from './ring.ts';
import { WallTime } from './wall-time.ts';

/** Most bytes to copy of a string, a buffer or a struct: without -v, and with it. */
const SHORT = 64;
const LONG = 1024;

/** Room for a call and five such copies. */
const RECORD_BYTES = at.copies + 2 * 5 * (4 + LONG);

/** A caller's name is read again after this time, since it may have called execve. */
const NAME_AGE_MS = 1_000;

/** The number of callers whose names are cached. */
const MAX_CALLERS = 256;

export interface RecorderOptions {
  hypervisor: Hypervisor;
  ring: TraceRing;
  /** 0: lines; 1: structs too, before and after; 2: as 1. */
  verbosity: number;
  /** The thread id of the caller whose memory this is. */
  tid(memory: GuestMemory): number;
  /** Its process and name; called about once a second for each thread. */
  describe(tid: number): { pid: number; comm: string };
}

/** The part of one argument that is copied. */
interface Copy {
  readonly argument: number;
  readonly length: number;
  /** The argument with the length, or -1. */
  readonly lengthArgument: number;
  /** Number of bytes by command, which is the first argument; 0 for other commands. */
  readonly byCommand?: ReadonlyMap<number, number>;
  /** The bits of the first argument that select the command. */
  readonly mask: number;
  /** Whether it is copied after the handler too. */
  readonly after: boolean;
}

interface Plan {
  readonly id: number;
  readonly copies: readonly Copy[];
}

const NO_ROW: Plan = { id: 0, copies: [] };

/** Writes a raw record of each hypercall into a ring. Formatting is left to the reader, to keep this fast. */
export class Recorder implements Tracer {
  readonly #options: RecorderOptions;
  readonly #ring: TraceRing;
  readonly #stages = [new Stage(), new Stage()];
  readonly #plans = new Map<Hypercall, Plan>();
  readonly #named = new Map<number, number>();
  readonly #wallTime = new WallTime();
  #depth = 0;
  #rows = 0;
  #lost = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#ring = options.ring;
    const { abi, dom0Bits } = options.hypervisor;
    this.#note({ type: 'start', xen: abi.version, dom0Bits });
  }

  enter(call: Call, row: Hypercall | undefined): void {
    const stage = this.#stages[this.#depth];
    this.#depth += 1;
    if (stage === undefined) return; // cannot happen: calls nest only once
    const plan = row === undefined ? NO_ROW : this.#planOf(row);
    const { view } = stage;
    const tid = this.#options.tid(call.memory);
    view.setUint8(at.kind, CALL);
    view.setUint8(at.depth, this.#depth - 1);
    view.setUint8(at.wordSize, call.wordSize);
    view.setUint8(at.guest, guestTypes.indexOf(call.domain.type));
    view.setInt32(at.tid, tid, true);
    view.setInt32(at.domid, call.domain.id, true);
    view.setUint32(at.row, plan.id, true);
    stage.bytes.set(call.bytes, at.call);
    stage.length = at.copies;
    stage.plan = plan;
    for (const copy of plan.copies) stage.copy(call, copy, BEFORE);
    stage.start = performance.now();
    view.setFloat64(at.time, this.#wallTime.at(stage.start), true);
    if (stage.start - (this.#named.get(tid) ?? Number.NEGATIVE_INFINITY) > NAME_AGE_MS) this.#name(tid, stage.start);
  }

  leave(call: Call, _row: Hypercall | undefined, result: number | bigint): void {
    const end = performance.now();
    this.#depth -= 1;
    const stage = this.#stages[this.#depth];
    if (stage === undefined) return;
    const { view } = stage;
    view.setFloat64(at.micros, (end - stage.start) * 1000, true);
    if (typeof result === 'number') {
      view.setInt32(at.result, result, true);
      view.setInt32(at.result + 4, Math.floor(result / 2 ** 32), true);
    } else view.setBigInt64(at.result, result, true);
    for (const copy of stage.plan.copies) if (copy.after) stage.copy(call, copy, AFTER);
    view.setUint32(at.size, stage.length, true);
    if (this.#lost > 0) this.#reportLost();
    if (!this.#ring.write(stage.bytes, stage.length)) this.#lost += 1;
  }

  #reportLost(): void {
    const calls = this.#lost;
    this.#lost = 0;
    if (!this.#note({ type: 'lost', calls })) this.#lost = calls;
  }

  #name(tid: number, now: number): void {
    if (this.#named.size >= MAX_CALLERS) this.#named.clear();
    if (this.#note({ type: 'caller', tid, ...this.#options.describe(tid) })) this.#named.set(tid, now);
  }

  #planOf(row: Hypercall): Plan {
    const known = this.#plans.get(row);
    if (known !== undefined) return known;
    const { number, name, status, source, place, subOperations = [], commandMask, countArgument } = row;
    const parameters = signatureOf(row);
    const why =
      status.kind === 'partial' ? `: ${status.missing}` : status.kind === 'unsupported' ? `: ${status.why}` : '';
    const id = this.#rows + 1;
    const written = this.#note({
      type: 'row',
      id,
      number,
      name,
      status: `${status.kind}${why}`,
      parameters,
      subOperations: Object.fromEntries(subOperations.map((sub) => [sub.number, this.#noteOf(sub)])),
      ...(commandMask !== undefined && { commandMask }),
      ...(countArgument !== undefined && { countArgument }),
      ...(source !== undefined && { source }),
      ...this.#positionOf(place),
    });
    if (!written) return NO_ROW; // there is no room: try again at its next call
    this.#rows = id;
    const plan = { id, copies: this.#copiesOf(row, parameters) };
    this.#plans.set(row, plan);
    return plan;
  }

  #noteOf(sub: SubOperation): SubOperationNote {
    const { name, argument, member, base, place, source } = sub;
    return {
      name,
      ...(this.#options.verbosity > 0 && {
        ...(argument !== undefined && { struct: { name: argument.name, data: argument.data } }),
        ...(base !== undefined && { base }),
        ...(member !== undefined && { member }),
      }),
      ...(source !== undefined && { source }),
      ...this.#positionOf(place),
    };
  }

  #positionOf(place: Place | undefined): { position?: string } {
    const position = this.#options.verbosity > 1 && place !== undefined ? positionOf(place) : undefined;
    return position === undefined ? {} : { position };
  }

  #copiesOf(row: Hypercall, parameters: readonly Parameter[]): Copy[] {
    const verbose = this.#options.verbosity > 0;
    const most = verbose ? LONG : SHORT;
    const copies: Copy[] = [];
    for (const [argument, { kind, length, layout, byCommand }] of parameters.entries()) {
      if (kind !== 'string' && kind !== 'bytes' && kind !== 'struct') continue;
      if (byCommand && !verbose) continue; // useless without its fields
      copies.push({
        argument,
        length: Math.min(most, layout?.size ?? (typeof length === 'number' ? length : most)),
        lengthArgument: typeof length === 'object' ? length.argument : -1,
        after: verbose && kind === 'struct',
        mask: row.commandMask ?? 0xffffffff,
        ...(byCommand && { byCommand: this.#sizesOf(row) }),
      });
    }
    return copies;
  }

  #sizesOf(row: Hypercall): Map<number, number> {
    const sizes = new Map<number, number>();
    for (const sub of row.subOperations ?? []) {
      const size = sub.argument?.size;
      if (size !== undefined) sizes.set(sub.number, Math.min(size, LONG));
    }
    return sizes;
  }

  #note(note: Note): boolean {
    const text = new TextEncoder().encode(JSON.stringify(note));
    const bytes = new Uint8Array((8 + text.length + 3) & ~3).fill(0x20); // JSON may end in spaces
    const view = new DataView(bytes.buffer);
    view.setUint32(at.size, bytes.length, true);
    view.setUint32(at.kind, NOTE, true);
    bytes.set(text, 8);
    return this.#ring.write(bytes, bytes.length);
  }
}

/** A record that is being written. */
class Stage {
  readonly bytes = new Uint8Array(RECORD_BYTES);
  readonly view = new DataView(this.bytes.buffer);
  length = 0;
  start = 0;
  plan = NO_ROW;

  copy(call: Call, { argument, length, lengthArgument, byCommand, mask }: Copy, phase: number): void {
    const most = byCommand === undefined ? length : (byCommand.get((call.u32(0) & mask) >>> 0) ?? 0);
    if (most === 0) return;
    const wanted = lengthArgument < 0 ? most : Math.min(most, call.u32(lengthArgument));
    const into = this.length + 4;
    const got = call.memory.read(call.address(argument), this.bytes, into, wanted);
    this.bytes[this.length] = argument;
    this.bytes[this.length + 1] = phase;
    this.view.setUint16(this.length + 2, got, true);
    this.length = (into + got + 3) & ~3;
  }
}
