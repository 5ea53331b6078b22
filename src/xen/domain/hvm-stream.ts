import { hvmCpu } from '../abi/cpu-context.ts';
import type { Domain } from './domain.ts';

// The stream of gethvmcontext (arch-x86/hvm/save.h): records of a descriptor (u16 type, u16 instance, u32 length) and their data.

export const DESCRIPTOR_BYTES = 8;
export const END = 0;
export const HEADER = 1;
export const CPU = 2;
const MAX_TYPE = 20;

interface SaveRecord {
  type: number;
  instance: number;
  /** Where its data is. */
  at: number;
  length: number;
}

/** The records up to END; undefined if the stream is not well formed. */
export function parse(bytes: Uint8Array): SaveRecord[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: SaveRecord[] = [];
  let at = 0;
  while (at + DESCRIPTOR_BYTES <= bytes.length) {
    const type = view.getUint16(at, true);
    const instance = view.getUint16(at + 2, true);
    const length = view.getUint32(at + 4, true);
    at += DESCRIPTOR_BYTES;
    if (type === END) return records;
    if (type > MAX_TYPE || at + length > bytes.length) return undefined;
    records.push({ type, instance, at, length });
    at += length;
  }
  return undefined;
}

/** The registers of a virtual CPU that sethvmcontext set: struct hvm_hw_cpu. */
export function cpuRecord({ hvmContext }: Domain, vcpu: number): Uint8Array | undefined {
  if (hvmContext === undefined) return undefined;
  const found = parse(hvmContext)?.find(({ type, instance }) => type === CPU && instance === vcpu);
  return found && hvmContext.subarray(found.at, found.at + found.length);
}

/** A stream with a record for each virtual CPU: their struct hvm_hw_cpu. */
export function streamOfCpus(cpus: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(cpus.reduce((sum, { length }) => sum + DESCRIPTOR_BYTES + length, DESCRIPTOR_BYTES));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [instance, cpu] of cpus.entries()) {
    view.setUint16(at, CPU, true);
    view.setUint16(at + 2, instance, true);
    view.setUint32(at + 4, cpu.length, true);
    bytes.set(cpu, at + DESCRIPTOR_BYTES);
    at += DESCRIPTOR_BYTES + cpu.length;
  }
  return bytes;
}

// Registers of a virtual CPU, by their names in struct hvm_hw_cpu.

const viewOf = (record: Uint8Array): DataView => new DataView(record.buffer, record.byteOffset, record.byteLength);

/** A register; 0 if none was ever set. */
export function register(domain: Domain, vcpu: number, name: string): bigint {
  const record = cpuRecord(domain, vcpu);
  const { offset, size } = hvmCpu.field(name);
  if (record === undefined || offset + size > record.length) return 0n;
  return size === 8 ? viewOf(record).getBigUint64(offset, true) : BigInt(viewOf(record).getUint32(offset, true));
}

export function setRegister(domain: Domain, vcpu: number, name: string, value: bigint): void {
  domain.hvmContext ??= streamOfCpus(domain.vcpus.map(() => new Uint8Array(hvmCpu.size)));
  const record = cpuRecord(domain, vcpu);
  const { offset, size } = hvmCpu.field(name);
  if (record === undefined || offset + size > record.length) return;
  if (size === 8) viewOf(record).setBigUint64(offset, BigInt.asUintN(64, value), true);
  else viewOf(record).setUint32(offset, Number(BigInt.asUintN(32, value)), true);
}
