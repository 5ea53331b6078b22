import { addTracer } from '../call/tracers.ts';
import { DOMID_XEN } from '../domain/domain.ts';
import { raiseGlobalVirq } from '../domain/raise-virq.ts';
import { virqs } from '../domain/virq.ts';
import { errno } from '../errno.ts';
import type { Hypervisor } from '../hypervisor.ts';
import { DomainMemory } from '../memory/domain-memory.ts';
import { PAGE_SIZE } from '../memory/heap.ts';
import { TRC_ALL, traceEvents, wanted } from './events.ts';
import { HypercallRecords } from './hypercall-records.ts';
import { Records } from './records.ts';
import { TraceBuffer } from './trace-buffer.ts';
import { encodeTraceInfo, firstList, traceInfoPages } from './trace-info.ts';

/** Most pages of a CPU's buffer: the position of the second CPU's list in the trace information has 16 bits. */
const MOST_PAGES = 2 ** 16 - 1 - firstList(0, 0);
/** Run states are in the event's own number. */
const RUNSTATES = traceEvents.runstateChange | 0x330;

/**
 * Xen's trace buffers: a ring of records for each CPU, in pages of DOMID_XEN that a privileged domain maps (xentrace). Until they are
 * enabled, they cost nothing on the path of a hypercall.
 */
export class TraceBuffers {
  /** The selected records: TRC_* classes. */
  eventMask = TRC_ALL;
  /** A bit for each CPU that records; undefined: all do. */
  cpuMask: Uint8Array | undefined;
  /** Pages of each CPU's buffer; 0 until a caller sets the size. It cannot be changed after that. */
  pages = 0;
  readonly #hypervisor: Hypervisor;
  #pool: DomainMemory | undefined;
  #buffers: readonly TraceBuffer[] = [];
  #info: readonly number[] = [];
  #stopCalls: (() => void) | undefined;
  #records: Records | undefined;
  readonly #nanosecondsToCycles: number;

  constructor(hypervisor: Hypervisor) {
    this.#hypervisor = hypervisor;
    this.#nanosecondsToCycles = hypervisor.machine.cpuKhz / 1e6;
  }

  /** Frames of DOMID_XEN: the trace information and the buffers, once there are some. */
  get memory(): DomainMemory {
    this.#pool ??= new DomainMemory(this.#hypervisor.memory, DOMID_XEN, false);
    return this.#pool;
  }

  /** The trace information is for reading only. */
  mayWrite(mfn: number): boolean {
    return !this.#info.includes(mfn);
  }

  /** Machine frame of the trace information, 0 if there is none, and its bytes. */
  get infoFrame(): number {
    return this.#info[0] ?? 0;
  }

  get infoBytes(): number {
    return this.#info.length * PAGE_SIZE;
  }

  /** Allocates the buffers; they are never freed. 0 or -errno. */
  setSize(asked: number): number {
    const { machine, memory, console } = this.#hypervisor;
    if (this.pages !== 0) {
      if (asked === this.pages) return -errno.EBUSY;
      console.printk(`xentrace: tb_set_size from ${this.pages} to ${asked | 0} not implemented\n`);
      return -errno.EINVAL;
    }
    if (asked === 0) return -errno.EINVAL;
    const pages = Math.min(asked, MOST_PAGES);
    if (pages < asked) console.printk(`<2>xentrace: requested number of ${asked} pages reduced to ${pages}\n`);
    const infoPages = traceInfoPages(machine.cpus, pages);
    if (infoPages + machine.cpus * pages > memory.heap.freePages - memory.heap.outstandingClaims) return -errno.ENOMEM;
    console.printk(
      `<2>xentrace: requesting ${infoPages} t_info pages for ${pages} trace pages on ${machine.cpus} cpus\n`,
    );
    const pool = this.memory;
    const take = (count: number) => Array.from({ length: count }, () => pool.special.add() ?? 0);
    const info = pool.special.addAdjacent(infoPages);
    if (info === undefined) return -errno.ENOMEM;
    this.#info = Array.from({ length: infoPages }, (_, index) => info + index);
    const lists = Array.from({ length: machine.cpus }, () => take(pages));
    const bytes = encodeTraceInfo(lists);
    for (const [index, mfn] of this.#info.entries()) {
      pool.frames.write(mfn, 0, bytes.subarray(index * PAGE_SIZE, (index + 1) * PAGE_SIZE));
    }
    this.#buffers = lists.map((frames) => new TraceBuffer(pool.frames, frames));
    this.pages = pages;
    for (const [cpu, [first = 0]] of lists.entries()) {
      console.printk(`<2>xentrace: p${cpu} mfn ${first.toString(16)} offset ${firstList(cpu, pages)}\n`);
    }
    console.printk('xentrace: initialised\n');
    return 0;
  }

  get enabled(): boolean {
    return this.#stopCalls !== undefined;
  }

  /** 0 or -errno. */
  enable(): number {
    if (this.pages === 0) return -errno.EINVAL;
    if (this.enabled) return 0;
    const hypervisor = this.#hypervisor;
    this.#records = new Records(this, hypervisor);
    this.#stopCalls = addTracer(hypervisor.hooks, new HypercallRecords(this));
    for (const cpu of hypervisor.hardware.onlineCpus) this.#records.whoRuns(cpu);
    return 0;
  }

  disable(): void {
    this.#stopCalls?.();
    this.#stopCalls = undefined;
    this.#records?.stop();
    this.#records = undefined;
  }

  /**
   * Writes a record on a CPU. `timed`: with the time; `count` words of `data`; `running`: the virtual CPU that runs there, as
   * vcpu << 16 | domain.
   */
  write(cpu: number, event: number, timed: boolean, data: Uint32Array, count: number, running: number): void {
    const buffer = this.#buffers[cpu];
    if (buffer === undefined || !wanted(this.eventMask, event) || !this.#recordsCpu(cpu)) return;
    // A reader learns from these records which virtual CPU runs.
    if (event < traceEvents.runstateChange || event > RUNSTATES) {
      if (buffer.isEmpty) this.#records?.whoRuns(cpu);
    }
    const now = Math.floor(this.#hypervisor.now() * this.#nanosecondsToCycles);
    const inserted = buffer.insert(event, timed ? now : undefined, data, count, now, running);
    if (inserted === 'half') raiseGlobalVirq(this.#hypervisor, virqs.tbuf);
    if (inserted !== 'bogus') return;
    this.disable();
    this.#hypervisor.console.printk(`<1>trc#${cpu}: the reader wrote a bogus cons; tracing ends\n`);
  }

  #recordsCpu(cpu: number): boolean {
    return this.cpuMask === undefined || (((this.cpuMask[cpu >> 3] ?? 0) >> (cpu & 7)) & 1) === 1;
  }
}
