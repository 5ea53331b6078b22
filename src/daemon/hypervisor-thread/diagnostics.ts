import { describeCaller } from '../../caller/credentials.ts';
import { mapsOf } from '../../caller/mapping.ts';
import { CallerMemory } from '../../caller/memory.ts';
import { clearingDmesgNode, type Owner } from '../../drivers/dmesg.ts';
import { IOCTL_PRIVCMD_HYPERCALL } from '../../drivers/privcmd/ioctls.ts';
import type { Privcmd } from '../../drivers/privcmd/privcmd.ts';
import { traceFile } from '../../drivers/trace-file.ts';
import { type Entries, textFile } from '../../drivers/xenfs.ts';
import { Explainer, type FailureRecord } from '../../explain/explainer.ts';
import { type FailureNote, noteOf } from '../../explain/summary.ts';
import { recordText } from '../../explain/text.ts';
import { Recorder } from '../../trace/recorder.ts';
import { newRingBuffer, TraceRing } from '../../trace/ring.ts';
import type { GuestMemory } from '../../xen/call/guest-memory.ts';
import { addTracer } from '../../xen/call/tracers.ts';
import type { Hypervisor } from '../../xen/hypervisor.ts';
import type { Settings } from '../protocol/settings.ts';
import type { StrayFile } from '../transport/stray-file.ts';

export interface DiagnosticsOptions {
  hypervisor: Hypervisor;
  owner: Owner;
  /** Files of the user's hypercalls. */
  files(): readonly string[];
  strictMemory: boolean;
  /** Explain each failing call in dmesg. */
  explain: boolean;
}

/** The hypervisor's diagnostics: explanations of failed calls, and a trace of all calls. */
export class Diagnostics {
  readonly #options: DiagnosticsOptions;
  readonly #explainer: Explainer;

  /** Configured by the settings; `files` hold the user's hypercalls. */
  static start(hypervisor: Hypervisor, settings: Settings, files: () => readonly string[]): Diagnostics {
    const { strictMemory, explain, trace } = settings;
    const owner: Owner = { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
    const diagnostics = new Diagnostics({ hypervisor, owner, files, strictMemory, explain });
    if (trace !== undefined) diagnostics.trace(new TraceRing(trace.buffer), trace.verbosity);
    return diagnostics;
  }

  /** Owner of the files: the user who mounted. */
  get owner(): Owner {
    return this.#options.owner;
  }

  constructor(options: DiagnosticsOptions) {
    this.#options = options;
    const { hypervisor, files, strictMemory, explain } = options;
    this.#explainer = new Explainer({
      hypervisor,
      tid: tidOf,
      caller: callerOf,
      maps: ({ tid }) => mapsOf(tid),
      files,
      strictMemory,
      dmesg: explain,
    });
  }

  /** Also explains calls that the driver refuses. */
  explains(privcmd: Privcmd): void {
    privcmd.onRefused = (ioctl) => {
      const { memory } = ioctl;
      if (memory instanceof CallerMemory && memory.forbidden) return; // not a failure: the call will come again
      this.#explainer.noteIoctl(ioctl);
    };
  }

  /** Explains a hypercall's ioctl on a descriptor that is not privcmd's. */
  noteStray({ descriptor, name }: StrayFile, tid: number, command: number, argument: number): void {
    if (command === IOCTL_PRIVCMD_HYPERCALL) this.#explainer.noteStray({ descriptor, name, tid, command, argument });
  }

  /** Files for the mount's hidden directory. */
  entries(): Entries {
    const { owner, hypervisor } = this.#options;
    return {
      'dmesg-clear': () => clearingDmesgNode(hypervisor.console, owner),
      explain: textFile(0o400, () => this.explanations(), owner),
      trace: traceFile(owner, () => this.#openTrace(0)),
      'trace-v': traceFile(owner, () => this.#openTrace(1)),
    };
  }

  /** Explains the last failing calls, oldest first, with an empty line after each. */
  explanations(): string {
    const { overlooked } = this.#explainer;
    const texts = this.#explainer.records().map((record) => `${recordText(record)}\n`);
    if (overlooked > 0) texts.push(`(${overlooked} more failing calls came too fast to be looked into)\n\n`);
    return texts.join('');
  }

  /** The same for the end of a run. */
  failures(): FailureNote[] {
    return this.#explainer.records().map((record) => noteOf(record, this.#isOwn(record), recordText(record)));
  }

  #isOwn({ explanation: { asked, cause } }: FailureRecord): boolean {
    const number = Number(/^hypercall (\d+)/.exec(asked)?.[1] ?? Number.NaN);
    return cause === 'unknown-number' || this.#options.hypervisor.lookup(number)?.source !== undefined;
  }

  /** Traces into a ring until the returned function is called. */
  trace(ring: TraceRing, verbosity: number): () => void {
    const { hypervisor } = this.#options;
    const describe = (tid: number) => callerOf(tid);
    return addTracer(hypervisor.hooks, new Recorder({ hypervisor, ring, verbosity, tid: tidOf, describe }));
  }

  #openTrace(verbosity: number) {
    const ring = new TraceRing(newRingBuffer(false));
    const stop = this.trace(ring, verbosity);
    return { read: (into: Uint8Array) => ring.read(into), stop };
  }
}

function tidOf(memory: GuestMemory): number {
  return memory instanceof CallerMemory ? memory.tid : 0;
}

function callerOf(tid: number) {
  const { pid = tid, comm = '?' } = describeCaller(tid);
  return { tid, pid, comm };
}
