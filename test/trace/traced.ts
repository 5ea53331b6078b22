import { type TraceOptions, TracePrinter } from '../../src/trace/printer.ts';
import { Recorder } from '../../src/trace/recorder.ts';
import { newRingBuffer, TraceRing } from '../../src/trace/ring.ts';
import { loadAbi } from '../../src/xen/abi/abi.ts';
import { addTracer } from '../../src/xen/call/tracers.ts';
import type { Hypervisor } from '../../src/xen/hypervisor.ts';

const everything: TraceOptions = { pids: [], names: [], errnos: [], json: false, summary: false, verbosity: 0 };

/** Traces a hypervisor. Returns a function that gives the text so far, and with `end` the summary. */
export async function traced(hypervisor: Hypervisor, options: Partial<TraceOptions> = {}) {
  const ring = new TraceRing(newRingBuffer(false));
  addTracer(
    hypervisor.hooks,
    new Recorder({
      hypervisor,
      ring,
      verbosity: options.verbosity ?? 0,
      tid: () => 42,
      describe: () => ({ pid: 40, comm: 'prog' }),
    }),
  );
  let text = '';
  const printer = new TracePrinter({ ...everything, ...options }, await loadAbi(), (more) => {
    text += more;
  });
  return (end = false) => {
    // Small and odd, so that records are split at any position.
    const piece = Buffer.alloc(77);
    for (let count = ring.read(piece); count > 0; count = ring.read(piece)) printer.push(piece.subarray(0, count));
    if (end) printer.end();
    const all = text;
    text = '';
    return all;
  };
}
