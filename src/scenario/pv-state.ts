import { startInfo } from '../guests/boot-information.ts';
import { P2M_ENTRIES, pagesOfList } from '../guests/p2m-list.ts';
import { PvKernel } from '../guests/pv-kernel.ts';
import { guestContext } from '../xen/abi/cpu-context.ts';
import type { Domain } from '../xen/domain/domain.ts';
import { PAGE_SIZE } from '../xen/memory/heap.ts';
import { mapFrames } from '../xen/memory/page-tables.ts';
import { CONSOLE_RING, XENSTORE_RING } from './rings.ts';

// What a PV guest's builder and kernel leave in its memory and registers, much smaller than a real kernel.

/** Guest frame 0 is mapped here, as Linux maps its kernel. */
const BASE = 0xffffffff80000000n;
/** Guest frames before those of the rings; those of the stacks follow, then the list of machine frames. */
const TEXT = 16;
const START_INFO = 17;
const ROOT = 20;
const FIRST_STACK = 21;
/** The idle loop: SCHEDOP_block by sched_op, over and over. */
const IDLE = Uint8Array.of(0xb8, 29, 0, 0, 0, 0xbf, 1, 0, 0, 0, 0x31, 0xf6, 0x0f, 0x05, 0xeb, 0xf0);
/** The instruction after the hypercall. */
const AFTER_HYPERCALL = 14;
const MAGIC = 'xen-3.0-x86_64';
/** SIF_VIRT_P2M_4TOOLS */
const START_FLAGS = 1 << 4;
const registers = {
  flags: 4n, // VGCF_in_kernel
  cs: 0xe033n,
  ss: 0xe02bn,
  ds: 0n,
  rflags: 0x202n,
  rax: 0n,
  kernel_ss: 0xe02bn,
} as const;
const CR0 = 0x80050033n;

const address = (gfn: number): bigint => BASE + BigInt(gfn * PAGE_SIZE);

/** Writes them. Does nothing if the domain has no room for them. */
export function writePvState(domain: Domain, commandLine: string): void {
  const { memory, vcpus } = domain;
  const count = memory.totalPages;
  const listAt = FIRST_STACK + vcpus.length;
  const end = listAt + pagesOfList(count);
  const frames = framesOf(domain, count);
  const root = frames[ROOT];
  // Page tables follow them.
  if (root === undefined || end + end / 64 + 8 > count) return;
  const frame = (gfn: number): number => Number(frames[gfn]);
  const cr3 = root << 12n;
  for (let page = 0; page * P2M_ENTRIES < count; page += 1) {
    const part = new BigUint64Array(P2M_ENTRIES).fill(0n);
    part.set(frames.subarray(page * P2M_ENTRIES, (page + 1) * P2M_ENTRIES));
    memory.writeFrame(frame(listAt + page), 0, new Uint8Array(part.buffer));
  }
  let tables = end;
  const low = Array.from({ length: end }, (_, gfn) => frame(gfn));
  mapFrames(memory, cr3, BASE, low, () => frame(tables++));
  memory.writeFrame(frame(TEXT), 0, IDLE);
  memory.writeFrame(frame(START_INFO), 0, startInfoOf(domain, count, frame, address(listAt), commandLine));
  memory.pinned.set(Number(root), 4);
  for (const vcpu of vcpus) {
    const stack = FIRST_STACK + vcpu.id;
    vcpu.context ??= contextOf(cr3, address(stack + 1));
    const caller = new DataView(new ArrayBuffer(8));
    caller.setBigUint64(0, address(TEXT) + BigInt(AFTER_HYPERCALL), true);
    memory.writeFrame(frame(stack), PAGE_SIZE - 8, new Uint8Array(caller.buffer));
  }
  PvKernel.of(domain)?.start();
}

/** Its machine frames, by guest frame. */
function framesOf({ memory: { m2p } }: Domain, count: number): BigUint64Array {
  const frames = new BigUint64Array(count).fill(0xffffffffffffffffn);
  for (let gfn = 0; gfn < count; gfn += 1) {
    const frame = m2p.frameInRun(gfn);
    if (frame !== undefined) frames[gfn] = BigInt(frame);
    else {
      for (const [mfn, other] of m2p.entries()) if (other < count) frames[other] = BigInt(mfn);
      break;
    }
  }
  return frames;
}

function startInfoOf(
  domain: Domain,
  count: number,
  frame: (gfn: number) => number,
  list: bigint,
  commandLine: string,
): Uint8Array {
  const bytes = new Uint8Array(startInfo.size);
  const view = new DataView(bytes.buffer);
  const text = (name: string, value: string): void => {
    const { offset, size } = startInfo.field(name);
    bytes.set(new TextEncoder().encode(value).subarray(0, size - 1), offset);
  };
  const set = (name: string, value: number): void => startInfo.field(name).set(view, value);
  text('magic', MAGIC);
  set('nr_pages', count);
  set('shared_info', domain.sharedInfoFrame * PAGE_SIZE);
  set('flags', START_FLAGS);
  set('store_mfn', frame(XENSTORE_RING.pfn));
  set('store_evtchn', XENSTORE_RING.port);
  set('console_mfn', frame(CONSOLE_RING.pfn));
  set('console_evtchn', CONSOLE_RING.port);
  startInfo.field('pt_base').setBig(view, address(ROOT));
  set('nr_pt_frames', 1);
  startInfo.field('mfn_list').setBig(view, list);
  text('cmd_line', commandLine);
  return bytes;
}

function contextOf(cr3: bigint, stackTop: bigint): Uint8Array {
  const bytes = new Uint8Array(guestContext.size);
  const view = new DataView(bytes.buffer);
  const set = (name: string, value: bigint, index = 0) =>
    view.setBigUint64(guestContext.field(name).offset + 8 * index, value, true);
  for (const [name, value] of Object.entries(registers)) set(name, value);
  set('rip', address(TEXT) + BigInt(AFTER_HYPERCALL));
  set('rsi', address(START_INFO));
  set('rsp', stackTop - 8n);
  set('kernel_sp', stackTop);
  set('ctrlreg', CR0);
  set('ctrlreg', cr3, 3);
  return bytes;
}
