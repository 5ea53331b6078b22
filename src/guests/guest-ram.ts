import type { Domain } from '../xen/domain/domain.ts';
import { E820_RAM } from '../xen/memory/e820.ts';
import { PAGE_SIZE } from '../xen/memory/heap.ts';

/** Guest frames from `start` up to, not including, `end`. */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

/** struct hvm_info_table (hvm/hvm_info_table.h): its address, and its fields' offsets. */
const HVM_INFO_ADDRESS = 0x9f800;
const HVM_INFO_SIGNATURE = 'HVM INFO';
const LOW_MEM_PGEND = 20;
const HIGH_MEM_PGEND = 28;
const HVM_INFO_BYTES = 32;

/** The VGA adapter's window, in which there is no RAM. */
const VGA_START = 0xa0;
const VGA_END = 0xc0;
/** HVM_BELOW_4G_RAM_END: devices, firmware and special pages lie from here up to 4 GiB. */
const LOW_END = 0xf0000;
const FOUR_GIB = 0x100000;

/**
 * The frames of a translated guest that are its kernel's RAM, ascending. Video memory, rings and other special pages are not: a kernel
 * never gives them back. Found as the guest's firmware finds them: in the memory map, or in the table that HVM's builder left.
 */
export function ramOf(domain: Domain): FrameRange[] {
  const mapped = domain.memory.map.filter(({ type }) => type === E820_RAM);
  if (mapped.length > 0) {
    return mapped.map(({ address, size }) => ({
      start: Math.ceil(address / PAGE_SIZE),
      end: Math.floor((address + size) / PAGE_SIZE),
    }));
  }
  return (ofBuilder(domain) ?? ofFrames(domain.memory.maximumGfn + 1)).filter(({ start, end }) => start < end);
}

/** By hvm_info_table; undefined if there is none. */
function ofBuilder({ memory }: Domain): FrameRange[] | undefined {
  const bytes = new Uint8Array(HVM_INFO_BYTES);
  const [frame, offset] = [Math.floor(HVM_INFO_ADDRESS / PAGE_SIZE), HVM_INFO_ADDRESS % PAGE_SIZE];
  if (!memory.readFrame(frame, offset, bytes)) return undefined;
  if (new TextDecoder('latin1').decode(bytes.subarray(0, HVM_INFO_SIGNATURE.length)) !== HVM_INFO_SIGNATURE)
    return undefined;
  const view = new DataView(bytes.buffer);
  const low = Math.min(view.getUint32(LOW_MEM_PGEND, true), LOW_END);
  return [
    { start: 0, end: Math.min(low, VGA_START) },
    { start: VGA_END, end: low },
    { start: FOUR_GIB, end: view.getUint32(HIGH_MEM_PGEND, true) },
  ];
}

/** A guest that neither map nor table describes: every frame outside the hole below 4 GiB. */
function ofFrames(end: number): FrameRange[] {
  return [
    { start: 0, end: Math.min(end, LOW_END) },
    { start: FOUR_GIB, end },
  ];
}
