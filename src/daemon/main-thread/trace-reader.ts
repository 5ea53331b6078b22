import { closeSync, openSync } from 'node:fs';
import type { TraceOptions } from '../../trace/printer.ts';
import { TracePrinter } from '../../trace/printer.ts';
import { newRingBuffer, TraceRing } from '../../trace/ring.ts';
import { DEFAULT_XEN_VERSION, isXenVersion, loadAbi } from '../../xen/abi/abi.ts';
import { writeAll } from '../log/write-all.ts';

/** How often the main thread polls for new records. */
const INTERVAL_MS = 10;

/** The trace of `fauxen run --trace`: the hypervisor thread writes records into a shared ring, this thread formats them. */
export class TraceReader {
  readonly buffer = newRingBuffer(true) as SharedArrayBuffer; // asked for a shared one
  readonly verbosity: number;
  readonly #ring = new TraceRing(this.buffer);
  readonly #piece = Buffer.allocUnsafeSlow(65536);
  readonly #printer: TracePrinter;
  readonly #descriptor: number;
  readonly #timer: NodeJS.Timeout;

  private constructor(printer: TracePrinter, descriptor: number, verbosity: number) {
    this.#printer = printer;
    this.#descriptor = descriptor;
    this.verbosity = verbosity;
    this.#timer = setInterval(() => this.#drain(), INTERVAL_MS).unref();
  }

  /** `file`: output file; default stderr. Throws open(2)'s error. */
  static async open(options: TraceOptions, xenVersion: string | undefined, file?: string): Promise<TraceReader> {
    const version = xenVersion ?? DEFAULT_XEN_VERSION;
    const abi = await loadAbi(isXenVersion(version) ? version : DEFAULT_XEN_VERSION);
    const descriptor = file === undefined ? 2 : openSync(file, 'w');
    const printer = new TracePrinter(options, abi, (text) => writeAll(descriptor, text));
    return new TraceReader(printer, descriptor, options.verbosity);
  }

  /** Called when the hypervisor thread no longer writes. */
  end(): void {
    clearInterval(this.#timer);
    this.#drain();
    this.#printer.end();
    if (this.#descriptor !== 2) closeSync(this.#descriptor);
  }

  #drain(): void {
    for (let count = this.#ring.read(this.#piece); count > 0; count = this.#ring.read(this.#piece)) {
      this.#printer.push(this.#piece.subarray(0, count));
    }
  }
}
