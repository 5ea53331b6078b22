import type { Field, Struct } from '../../abi/layout.ts';
import { CPUPOOLID_NONE } from '../../domain/cpupool.ts';
import type { Domain } from '../../domain/domain.ts';
import { RUNSTATE_RUNNING } from '../../domain/vcpu.ts';
import { createFlags } from './createdomain.ts';

/** XEN_DOMINF_* (domctl.h). */
const flag = {
  dying: 1,
  hvm: 2,
  shutdown: 4,
  paused: 8,
  blocked: 0x10,
  running: 0x20,
  debugged: 0x40,
  xenstore: 0x80,
  hap: 0x100,
} as const;
const SHUTDOWN_SHIFT = 16;
/** INVALID_MFN and INVALID_GFN. */
const INVALID_FRAME = -1;
const INVALID_MAX_VCPU_ID = 0xffffffff;
const GPADDR_BITS = 40;

/** Writes a domain's struct xen_domctl_getdomaininfo into `view` at `base`; `now` in nanoseconds. */
export type DomainInfoWriter = (domain: Domain, now: number, view: DataView, base: number) => void;

/**
 * Resolves the fields once: `struct` holds a getdomaininfo at `prefix`. A hot path: a list of ten thousand domains calls the writer for
 * each.
 */
export function domainInfoWriter(struct: Struct, prefix: string): DomainInfoWriter {
  const field = (name: string): Field => struct.field(prefix + name);
  const optional = (name: string): Field | undefined =>
    struct.has(prefix + name) ? struct.field(prefix + name) : undefined;
  const id = field('domain');
  const flags = field('flags');
  const totPages = field('tot_pages');
  const maxPages = field('max_pages');
  const outstanding = optional('outstanding_pages');
  const shared = optional('shr_pages');
  const paged = optional('paged_pages');
  const sharedInfo = field('shared_info_frame');
  const cpuTime = field('cpu_time');
  const online = field('nr_online_vcpus');
  const maxVcpu = field('max_vcpu_id');
  const ssidref = field('ssidref');
  const handle = field('handle');
  const cpupool = optional('cpupool');
  const gpaddrBits = optional('gpaddr_bits');
  const emulation = optional('arch_config.emulation_flags') ?? optional('arch.emulation_flags');
  const misc = optional('arch_config.misc_flags') ?? optional('arch.misc_flags');

  return (domain, now, view, base) => {
    let ran = 0;
    let up = 0;
    let state: number = flag.blocked;
    const { vcpus } = domain;
    for (let index = 0; index < vcpus.length; index += 1) {
      const vcpu = vcpus[index];
      if (vcpu === undefined) continue;
      ran += vcpu.time(RUNSTATE_RUNNING, now);
      if (vcpu.down) continue;
      up += 1;
      if (!vcpu.blocked) state &= ~flag.blocked;
      if (vcpu.running) state |= flag.running;
    }
    if (up === 0) state = 0;
    if (domain.dying === 'dead') state |= flag.dying;
    if (domain.shutDown) state |= flag.shutdown;
    if (domain.controllerPauseCount > 0) state |= flag.paused;
    if (domain.debuggerAttached) state |= flag.debugged;
    if ((domain.createFlags & createFlags.xenstore) !== 0) state |= flag.xenstore;
    if (domain.isHvm) state |= flag.hvm;
    if ((domain.createFlags & createFlags.hap) !== 0) state |= flag.hap;
    id.set(view, domain.id, base);
    flags.set(view, state | (domain.shutdownCode << SHUTDOWN_SHIFT), base);
    totPages.set(view, domain.totPages, base);
    maxPages.set(view, domain.maxPages, base);
    outstanding?.set(view, domain.outstandingPages, base);
    shared?.set(view, domain.sharedPages, base);
    paged?.set(view, domain.pagedPages, base);
    // For a translated guest, the frame at which it was mapped last; Xen reports an invalid frame before the first mapping.
    sharedInfo.set(view, domain.isHvm ? (domain.memory.sharedInfoGfn ?? INVALID_FRAME) : domain.sharedInfoFrame, base);
    cpuTime.set(view, ran, base);
    online.set(view, up, base);
    maxVcpu.set(view, vcpus.length > 0 ? vcpus.length - 1 : INVALID_MAX_VCPU_ID, base);
    ssidref.set(view, 0, base); // without a security module

    writeHandle(domain.handle, view, base + handle.offset);
    cpupool?.set(view, domain.pool?.id ?? CPUPOOLID_NONE, base);
    gpaddrBits?.set(view, GPADDR_BITS, base);
    emulation?.set(view, domain.emulationFlags, base);
    misc?.set(view, 0, base); // Xen does not return it
  };
}

/** Copies sixteen bytes, four at a time: byte by byte this took a fifth of the time for a long list. */
function writeHandle(handle: Uint8Array, view: DataView, to: number): void {
  for (let at = 0; at < 16; at += 4) {
    view.setUint32(
      to + at,
      (handle[at + 3]! << 24) | (handle[at + 2]! << 16) | (handle[at + 1]! << 8) | handle[at]!,
      true,
    );
  }
}
