import type { GuestFrames } from './guest-frames.ts';

/** Offset of arch.max_pfn in struct shared_info of x86-64: the number of frames that a PV guest believes it has. */
const MAX_PFN = 3088;

/** Reads it from the page of shared_info. */
export function readMaxPfn(frames: GuestFrames, page: number): number {
  const bytes = new Uint8Array(8);
  frames.read(page, MAX_PFN, bytes);
  return Number(new DataView(bytes.buffer).getBigUint64(0, true));
}

export function writeMaxPfn(frames: GuestFrames, page: number, count: number): void {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(count), true);
  frames.write(page, MAX_PFN, bytes);
}
