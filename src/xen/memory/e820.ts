/** Types of the firmware's memory map. */
export const E820_RAM = 1;
export const E820_RESERVED = 2;
export const E820_ACPI = 3;

/** Bytes of an entry as the hypercalls copy it: address u64, size u64, type u32, packed. */
export const E820_ENTRY_BYTES = 20;
/** Most entries of a map that Xen keeps. */
export const E820_MAX = 1024;

export interface E820Entry {
  readonly address: number;
  readonly size: number;
  readonly type: number;
}

const GiB = 2 ** 30;
const LOW_RAM_END = 0x9fc00;
/** The firmware uses the last 128 KiB of low memory for its tables. */
const FIRMWARE_TABLES = 0x20000;

/** What the firmware of a machine with `memory` bytes reports: RAM, its own areas, and the rest above 4 GiB. */
export function firmwareMap(memory: number): E820Entry[] {
  const low = Math.min(memory, 3 * GiB) - FIRMWARE_TABLES;
  const map = [
    { address: 0, size: LOW_RAM_END, type: E820_RAM },
    { address: LOW_RAM_END, size: 0x400, type: E820_RESERVED },
    { address: 0xf0000, size: 0x10000, type: E820_RESERVED },
    { address: 0x100000, size: low - 0x100000, type: E820_RAM },
    { address: low, size: FIRMWARE_TABLES, type: E820_RESERVED },
    { address: 0xfffc0000, size: 0x40000, type: E820_RESERVED },
  ];
  if (memory > 3 * GiB) map.push({ address: 4 * GiB, size: memory - 3 * GiB, type: E820_RAM });
  map.push({ address: 0xfd00000000, size: 0x300000000, type: E820_RESERVED });
  return map;
}

/** The map that dom0 gets: the firmware's, and the interrupt controllers as reserved. */
export function machineMap(memory: number, apicSize = 0x100000): E820Entry[] {
  const map = [
    ...firmwareMap(memory),
    { address: 0xfec00000, size: 0x1000, type: E820_RESERVED },
    { address: 0xfee00000, size: apicSize, type: E820_RESERVED },
  ];
  return map.sort((a, b) => a.address - b.address);
}

export function encodeE820(entries: readonly E820Entry[]): Uint8Array {
  const bytes = new Uint8Array(entries.length * E820_ENTRY_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [index, { address, size, type }] of entries.entries()) {
    const at = index * E820_ENTRY_BYTES;
    view.setBigUint64(at, BigInt(address), true);
    view.setBigUint64(at + 8, BigInt(size), true);
    view.setUint32(at + 16, type, true);
  }
  return bytes;
}

export function decodeE820(bytes: Uint8Array): E820Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / E820_ENTRY_BYTES) }, (_, index) => {
    const at = index * E820_ENTRY_BYTES;
    const word = (offset: number) => Number(view.getBigUint64(at + offset, true));
    return { address: word(0), size: word(8), type: view.getUint32(at + 16, true) };
  });
}
