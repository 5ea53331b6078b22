import { hasBit } from '../bit-mask.ts';
import type { CpuTimes } from './cpu-times.ts';
import type { Domain } from './domain.ts';
import type { VcpuTrace } from './vmtrace.ts';

/** struct vcpu_runstate_info's states (vcpu.h). */
export const RUNSTATE_RUNNING = 0;
export const RUNSTATE_RUNNABLE = 1;
const RUNSTATE_BLOCKED = 2;
const RUNSTATE_OFFLINE = 3;

/** A virtual CPU that runs for less than this share of its time is reported as blocked, like that of an idle guest. */
const BUSY = 0.5;

const INITIAL_MACHINE_CHECK: readonly bigint[] = [2n, 0n, 0n, 0n];

/** A virtual CPU. Nothing executes on it: its time advances with the machine's clock, by `load`. */
export class Vcpu {
  readonly domain: Domain;
  readonly id: number;
  readonly #times: CpuTimes;
  #processor: number;
  #down = true;
  /** Has a context, from setvcpucontext or VCPUOP_initialise. */
  initialised = false;
  /** MCG_CAP (two banks of machine check registers), MCi_CTL2 of both, MCG_EXT_CTL. */
  machineCheck: readonly bigint[] = INITIAL_MACHINE_CHECK;
  #pauseCount = 0;
  #eventPauseCount = 0;
  /** Each of its instructions is an event. */
  singleStep = false;
  /** After one instruction, without an event, it uses this view of its memory (VM_EVENT_FLAG_FAST_SINGLESTEP). */
  stepThenView: number | undefined;
  /** VM_EVENT_FLAG_* of the last answer to an event that it waited for; 0: none since it went on. */
  eventAnswer = 0;
  /** Share of its time that it runs while nothing holds it, 0 to 1. */
  #share = 0;
  /** Masks of physical CPUs, a bit each; undefined: all of them. */
  hardAffinity: Uint8Array | undefined;
  softAffinity: Uint8Array | undefined;
  /** SCHEDOP_pin_override. */
  pinned: number | undefined;
  /** The context that setvcpucontext set; zeroes otherwise. */
  context: Uint8Array | undefined;
  /** What set_ext_vcpucontext left of a PV virtual CPU; undefined: never set. */
  callbacks: bigint[] | undefined;
  /** Processor Trace state (vmtrace_op); undefined until first used. */
  trace: VcpuTrace | undefined;
  /** Nanoseconds in each run state until `since`, by RUNSTATE_*. */
  readonly #spent: [number, number, number, number] = [0, 0, 0, 0];
  #since: number;
  /** Ran at some time before `since`. */
  #hasRun = false;

  constructor(domain: Domain, id: number, processor: number, now: number, times: CpuTimes) {
    this.domain = domain;
    this.id = id;
    this.#processor = processor;
    this.#times = times;
    this.#since = now;
  }

  /** The physical CPU that it was on last. */
  get processor(): number {
    return this.#processor;
  }

  /** VCPUOP_down, or never started. */
  get down(): boolean {
    return this.#down;
  }

  set down(down: boolean) {
    this.#down = down;
    this.domain.recordChanged();
  }

  /** Pauses by gdbsx and the like. */
  get pauseCount(): number {
    return this.#pauseCount;
  }

  set pauseCount(count: number) {
    this.#pauseCount = count;
    this.domain.recordChanged();
  }

  /** Those of them that wait for the answer to an event (vm_event). */
  get eventPauseCount(): number {
    return this.#eventPauseCount;
  }

  set eventPauseCount(count: number) {
    this.#eventPauseCount = count;
    this.domain.recordChanged();
  }

  get load(): number {
    return this.#share;
  }

  /** Call `settle` before a change of state: the time until now counts in the old state. */
  settle(now: number): void {
    const elapsed = now - this.#since;
    this.#hasRun ||= this.#runs;
    if (elapsed > 0) {
      if (!this.#runs) this.#spent[this.state] += elapsed;
      else {
        this.#addRun(elapsed * this.#share);
        this.#spent[RUNSTATE_BLOCKED] += elapsed * (1 - this.#share);
      }
    }
    this.#since = now;
    this.domain.recordChanged();
  }

  setLoad(share: number, now: number): void {
    this.settle(now);
    const before = this.#share;
    this.#share = Math.min(1, Math.max(0, share)); // settle() has marked the record
    this.#times.addLoad(this.#processor, this.#share - before);
  }

  /** Nanoseconds that it ran since its last change of state. */
  unsettled(now: number): number {
    return this.#runs ? Math.max(0, now - this.#since) * this.#share : 0;
  }

  setDown(down: boolean, now: number): void {
    this.settle(now);
    this.down = down;
  }

  /** Whether it may run: it is online and not paused, and its domain is neither paused nor shut down. */
  get #runs(): boolean {
    return !this.down && this.pauseCount === 0 && this.domain.runs;
  }

  /**
   * Whether it waits for an interrupt: it is idle, and has run before. Not while it waits for a listener, and not in a domain that shut
   * down, since the virtual CPU that called for the shutdown was running.
   */
  get blocked(): boolean {
    const { shutDown, dying } = this.domain;
    if (this.down || this.#share >= BUSY || this.eventPauseCount > 0 || shutDown || dying !== 'no') return false;
    return this.#hasRun || this.#runs;
  }

  get running(): boolean {
    return this.#share >= BUSY && this.#runs;
  }

  /** RUNSTATE_*. */
  get state(): 0 | 1 | 2 | 3 {
    if (!this.#runs) return this.down || !this.blocked ? RUNSTATE_OFFLINE : RUNSTATE_BLOCKED;
    return this.running ? RUNSTATE_RUNNING : RUNSTATE_BLOCKED;
  }

  /** Nanoseconds when it entered its state. */
  get stateEntry(): number {
    return this.#since;
  }

  /** Nanoseconds spent in a run state up to `now`. */
  time(state: 0 | 1 | 2 | 3, now: number): number {
    const elapsed = Math.max(0, now - this.#since);
    let current = 0;
    if (!this.#runs) current = state === this.state ? elapsed : 0;
    else if (state === RUNSTATE_RUNNING) current = elapsed * this.#share;
    else if (state === RUNSTATE_BLOCKED) current = elapsed * (1 - this.#share);
    return Math.round(this.#spent[state] + current);
  }

  /** Moves to the least loaded of its pool's CPUs that it may run on, if it may not stay. */
  chooseProcessor(cpus: readonly number[], now: number): void {
    if (!cpus.includes(this.#processor) || !this.#may(this.#processor)) this.balance(cpus, now);
  }

  /** Moves to the least loaded of its pool's CPUs that it may run on. */
  balance(cpus: readonly number[], now: number): void {
    const allowed = cpus.filter((cpu) => this.#may(cpu));
    this.#move(now, () => this.#times.leastLoaded(allowed) ?? cpus[0] ?? 0);
  }

  moveTo(cpu: number, now: number): void {
    this.#move(now, () => cpu);
  }

  /** Moves its load and its time from now on. `choose` returns the CPU, and does not see its own load. */
  #move(now: number, choose: () => number): void {
    const load = this.#share;
    this.setLoad(0, now);
    this.#processor = choose();
    this.setLoad(load, now);
  }

  /** Adds time that it ran before the simulation started: a scenario's CPU time. */
  addCpuTime(nanoseconds: number): void {
    this.#addRun(nanoseconds);
    this.domain.recordChanged();
  }

  #addRun(nanoseconds: number): void {
    this.#spent[RUNSTATE_RUNNING] += nanoseconds;
    this.#times.addRun(this.#processor, nanoseconds);
  }

  #may(cpu: number): boolean {
    return this.hardAffinity === undefined || hasBit(this.hardAffinity, cpu);
  }
}
