import { PAGE_SIZE } from '../memory/heap.ts';

/** Xen's limit on CPUs; struct t_info has room for all of them. */
const NR_CPUS = 256;
const WORD = 4;
/** struct t_info (xen/trace.h): tbuf_size and mfn_offset for each CPU, 16 bits each; then lists of frames, 32 bits each. */
const FIRST_LIST = Math.ceil((2 + 2 * NR_CPUS) / WORD);

/** Where a CPU's list begins, in words. */
export function firstList(cpu: number, pages: number): number {
  return FIRST_LIST + cpu * pages;
}

/** Pages that the trace information takes. */
export function traceInfoPages(cpus: number, pages: number): number {
  return Math.ceil((firstList(cpus, pages) * WORD) / PAGE_SIZE);
}

/** The trace information: the frames of each CPU's buffer. `buffers`: machine frames, the same number for each CPU. */
export function encodeTraceInfo(buffers: readonly (readonly number[])[]): Uint8Array {
  const pages = buffers[0]?.length ?? 0;
  const bytes = new Uint8Array(traceInfoPages(buffers.length, pages) * PAGE_SIZE);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, pages, true);
  for (const [cpu, frames] of buffers.entries()) {
    const first = firstList(cpu, pages);
    view.setUint16(2 + 2 * cpu, first, true);
    for (const [index, mfn] of frames.entries()) view.setUint32((first + index) * WORD, mfn, true);
  }
  return bytes;
}
