import { guestContext, hvmCpu } from '../xen/abi/cpu-context.ts';
import { stableLayout } from '../xen/abi/stable-layout.ts';
import type { Domain } from '../xen/domain/domain.ts';
import { PAGE_SIZE } from '../xen/memory/heap.ts';
import { translate } from '../xen/memory/page-tables.ts';

/** The information that a domain builder passes to a kernel. */
export interface BootInformation {
  /** The frame of the console's ring, as the domain numbers it. */
  readonly consoleFrame: number;
  readonly consolePort: number;
  readonly commandLine: string;
}

/** HVM_PARAM_CONSOLE_PFN and _EVTCHN (hvm/params.h). */
const PARAM_CONSOLE_PFN = 17;
const PARAM_CONSOLE_EVTCHN = 18;
const CONTEXT_RSI = guestContext.field('rsi').offset;
const CONTEXT_CR3 = guestContext.field('ctrlreg').offset + 3 * 8;
/** struct start_info of x86-64 (xen.h), whose console is a union. */
const START_MAGIC = 'xen-3.0-x86_64';
export const startInfo = stableLayout(
  'start_info',
  'magic:u8[32] nr_pages:u64 shared_info:u64 flags:u32 store_mfn:u64 store_evtchn:u32 console_mfn:u64 console_evtchn:u32 ' +
    'pt_base:u64 nr_pt_frames:u64 mfn_list:u64 mod_start:u64 mod_len:u64 cmd_line:u8[1024]',
);
/** MAX_GUEST_CMDLINE. */
const MAX_COMMAND_LINE = 1024;
/** A record in sethvmcontext's stream: u16 type, u16 instance, u32 length; then its data. */
const RECORD_HEADER = 8;
const RECORD_CPU = 2;
const CPU_RBX = hvmCpu.field('rbx').offset;
/** struct hvm_start_info (arch-x86/hvm/start_info.h). */
const HVM_START_MAGIC = 0x336ec578;
const hvmStartInfo = stableLayout(
  'hvm_start_info',
  'magic:u32 version:u32 flags:u32 nr_modules:u32 modlist_paddr:u64 cmdline_paddr:u64',
);

/** Reads it as the guest's kernel does when it starts; undefined if the builder made no console. */
export function bootInformation(domain: Domain): BootInformation | undefined {
  return domain.isHvm ? ofHvm(domain) : ofPv(domain);
}

/** A PVH or HVM guest asks for its console's parameters; a PVH kernel has the address of its start info in rbx. */
function ofHvm(domain: Domain): BootInformation | undefined {
  const parameters = domain.hvmParameters;
  const consoleFrame = Number(parameters.get(PARAM_CONSOLE_PFN) ?? 0n);
  const consolePort = Number(parameters.get(PARAM_CONSOLE_EVTCHN) ?? 0n);
  if (consoleFrame === 0 || consolePort === 0) return undefined;
  return { consoleFrame, consolePort, commandLine: hvmCommandLine(domain) };
}

function hvmCommandLine(domain: Domain): string {
  const address = rbxAtStart(domain.hvmContext ?? new Uint8Array());
  const start = readPhysical(domain, address, hvmStartInfo.size);
  if (start === undefined || hvmStartInfo.field('magic').get(start) !== HVM_START_MAGIC) return '';
  const text = hvmStartInfo.field('cmdline_paddr').get(start);
  if (text === 0) return '';
  const room = Math.min(MAX_COMMAND_LINE, PAGE_SIZE - (text % PAGE_SIZE));
  return textOf(readPhysical(domain, text, room));
}

/** From the first CPU record that sethvmcontext set. */
function rbxAtStart(stream: Uint8Array): number {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  for (let at = 0; at + RECORD_HEADER + CPU_RBX + 8 <= stream.length; ) {
    if (view.getUint16(at, true) === RECORD_CPU) return Number(view.getBigUint64(at + RECORD_HEADER + CPU_RBX, true));
    at += RECORD_HEADER + view.getUint32(at + 4, true);
  }
  return 0;
}

/** A PV guest's start info: its machine frame, its bytes, and the page tables by which it was found. */
export interface PvStart {
  readonly frame: number;
  readonly info: DataView;
  readonly cr3: bigint;
}

/** A PV kernel has the virtual address of its start info in rsi. */
export function pvStart(domain: Domain): PvStart | undefined {
  const context = domain.vcpus[0]?.context;
  if (context === undefined || domain.addressSize !== 64) return undefined;
  const registers = new DataView(context.buffer, context.byteOffset, context.byteLength);
  const address = registers.getBigUint64(CONTEXT_RSI, true);
  const cr3 = registers.getBigUint64(CONTEXT_CR3, true);
  const frame = translate(domain.memory, cr3, address);
  const info = frame && readPhysical(domain, frame * PAGE_SIZE + Number(address & 0xfffn), PAGE_SIZE);
  return frame && info && textOf(info).startsWith(START_MAGIC) ? { frame, info, cr3 } : undefined;
}

function ofPv(domain: Domain): BootInformation | undefined {
  const start = pvStart(domain)?.info;
  if (start === undefined) return undefined;
  const consoleFrame = startInfo.field('console_mfn').get(start);
  const consolePort = startInfo.field('console_evtchn').get(start);
  if (consoleFrame === 0 || consolePort === 0) return undefined;
  return {
    consoleFrame,
    consolePort,
    commandLine: textOf(start, startInfo.field('cmd_line').offset, MAX_COMMAND_LINE),
  };
}

/** Reads bytes within one frame; undefined if the frame is not mapped. */
function readPhysical(domain: Domain, address: number, length: number): DataView | undefined {
  const bytes = new Uint8Array(length);
  const there = domain.memory.readFrame(Math.floor(address / PAGE_SIZE), address % PAGE_SIZE, bytes);
  return there ? new DataView(bytes.buffer) : undefined;
}

/** Decodes text up to a NUL byte, without control characters. */
function textOf(view: DataView | undefined, start = 0, length = (view?.byteLength ?? 0) - start): string {
  if (view === undefined) return '';
  const bytes = new Uint8Array(view.buffer, start, Math.min(length, view.byteLength - start));
  const end = bytes.indexOf(0);
  const text = new TextDecoder('latin1').decode(end < 0 ? bytes : bytes.subarray(0, end));
  return text.replace(/[^\x20-\x7e]/g, '?');
}
