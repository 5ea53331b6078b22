import { guestContext } from '../../xen/abi/cpu-context.ts';
import { PAGE_SIZE } from '../../xen/memory/heap.ts';
import { type FileBytes, MemoryFileError } from './file-bytes.ts';
import type { MemoryRun } from './memory-file.ts';

const MAGIC = 0x464c457f;
const HEADER_BYTES = 64;
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
const CORE = 4;
const LOAD = 1;
const PROGRAM_HEADER_BYTES = 56;
const SECTION_HEADER_BYTES = 64;
/** PN_XNUM: the number of program headers is in the first section header. */
const MANY = 0xffff;
/** A frame that no longer existed at the time of xl dump-core. */
const NO_FRAME = 0xffffffffffffffffn;
/** /proc/kcore names no physical address for what is not RAM. */
const NO_ADDRESS = 0xffffffffffffffffn;

interface Found {
  readonly runs: MemoryRun[];
  readonly contexts: Uint8Array[];
}

/** A core of a machine, or what xl dump-core writes. Undefined: it is another format. */
export function readElf(file: FileBytes): Found | undefined {
  if (file.size < HEADER_BYTES || file.read(0, 4).getUint32(0, true) !== MAGIC) return undefined;
  const header = file.read(0, HEADER_BYTES);
  if (header.getUint8(4) !== CLASS_64 || header.getUint8(5) !== LITTLE_ENDIAN || header.getUint16(16, true) !== CORE)
    throw new MemoryFileError('is an ELF file, but no core of a 64-bit x86 machine');
  const sections = sectionsOf(file, header);
  return sections.has('.xen_pages') ? ofXen(file, sections) : ofMachine(file, header);
}

interface Section {
  readonly offset: number;
  readonly size: number;
}

function sectionsOf(file: FileBytes, header: DataView): Map<string, Section> {
  const [table, count] = [number(header, 40), header.getUint16(60, true)];
  const found = new Map<string, Section>();
  if (table === 0 || count === 0) return found;
  const headers = file.read(table, count * SECTION_HEADER_BYTES);
  const section = (index: number): Section => ({
    offset: number(headers, index * SECTION_HEADER_BYTES + 24),
    size: number(headers, index * SECTION_HEADER_BYTES + 32),
  });
  const namesAt = header.getUint16(62, true);
  if (namesAt === 0 || namesAt >= count) return found;
  const { offset, size } = section(namesAt);
  const names = new TextDecoder('latin1').decode(file.read(offset, size));
  for (let index = 1; index < count; index += 1) {
    const name = headers.getUint32(index * SECTION_HEADER_BYTES, true);
    found.set(names.slice(name, names.indexOf('\0', name)), section(index));
  }
  return found;
}

/** A page for each frame number of .xen_pfn, which lie in .xen_pages one after the other. */
function ofXen(file: FileBytes, sections: ReadonlyMap<string, Section>): Found {
  const pages = sections.get('.xen_pages');
  const pfn = sections.get('.xen_pfn');
  if (sections.has('.xen_p2m'))
    throw new MemoryFileError("is a PV guest's: its page tables name machine frames. Restore one from xl save");
  if (pages === undefined || pfn === undefined) throw new MemoryFileError('has no section .xen_pfn');
  const frames = file.read(pfn.offset, pfn.size);
  const runs: { address: number; size: number; offset: number; length: number }[] = [];
  for (let index = 0; 8 * index + 8 <= pfn.size; index += 1) {
    const frame = frames.getBigUint64(8 * index, true);
    if (frame === NO_FRAME) continue;
    const [address, offset] = [Number(frame) * PAGE_SIZE, pages.offset + index * PAGE_SIZE];
    if (offset + PAGE_SIZE > file.size) throw new MemoryFileError(`ends before the page of frame ${frame}`);
    const last = runs.at(-1);
    if (last !== undefined && last.address + last.size === address && last.offset + last.length === offset) {
      last.size += PAGE_SIZE;
      last.length += PAGE_SIZE;
    } else runs.push({ address, size: PAGE_SIZE, offset, length: PAGE_SIZE });
  }
  return { runs, contexts: contextsOf(file, sections.get('.xen_prstatus')) };
}

function contextsOf(file: FileBytes, section: Section | undefined): Uint8Array[] {
  const contexts: Uint8Array[] = [];
  for (let at = 0; section !== undefined && at + guestContext.size <= section.size; at += guestContext.size) {
    contexts.push(new Uint8Array(file.read(section.offset + at, guestContext.size).buffer));
  }
  return contexts;
}

/** The segments to load, by physical address: a core by kdump, QEMU's dump-guest-memory, /proc/kcore. */
function ofMachine(file: FileBytes, header: DataView): Found {
  const table = number(header, 32);
  let count = header.getUint16(56, true);
  if (count === MANY) count = file.read(number(header, 40), SECTION_HEADER_BYTES).getUint32(44, true);
  const headers = file.read(table, count * PROGRAM_HEADER_BYTES);
  const runs: MemoryRun[] = [];
  for (let at = 0; at < headers.byteLength; at += PROGRAM_HEADER_BYTES) {
    if (headers.getUint32(at, true) !== LOAD || headers.getBigUint64(at + 24, true) === NO_ADDRESS) continue;
    const [offset, address] = [number(headers, at + 8), number(headers, at + 24)];
    const [length, size] = [number(headers, at + 32), number(headers, at + 40)];
    if (offset + length > file.size) throw new MemoryFileError(`ends within the segment at 0x${address.toString(16)}`);
    runs.push({ address, size: Math.max(length, size), offset, length });
  }
  return { runs, contexts: [] };
}

const number = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));
