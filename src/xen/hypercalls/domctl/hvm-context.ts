import { partial } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { Domain } from '../../domain/domain.ts';
import { CPU, DESCRIPTOR_BYTES, END, HEADER, MTRR, parse } from '../../domain/hvm-stream.ts';
import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';
import { type DomctlRequest, domctlFamily } from './family.ts';

const HEADER_BYTES = 24;
const HEADER_MAGIC = 0x54381286;
const HEADER_VERSION = 1;
const LENGTHS: Readonly<Record<number, number>> = { [CPU]: 1032, [MTRR]: 240 };
/** What Xen names while it saves, in its order; the types without an entry in the stream have nothing to tell here. */
const SAVED = [
  ['CPU', true],
  ['PIC', false],
  ['IOAPIC', false],
  ['LAPIC', true],
  ['LAPIC_REGS', true],
  ['PCI_IRQ', false],
  ['ISA_IRQ', false],
  ['PCI_LINK', false],
  ['PIT', false],
  ['RTC', false],
  ['HPET', false],
  ['PMTIMER', false],
  ['MTRR', true],
  ['VIRIDIAN_DOMAIN', false],
  ['CPU_XSAVE', true],
  ['VIRIDIAN_VCPU', true],
  ['VMCE_VCPU', true],
  ['TSC_ADJUST', true],
  ['CPU_MSR', true],
] as const;

/** A stream longer than this is not one that Xen wrote: 128 virtual CPUs of about 20 KiB. */
const MAX_STREAM = 4 * 2 ** 20;

const streamBytes = (vcpus: number): number =>
  DESCRIPTOR_BYTES * 2 + HEADER_BYTES + vcpus * (2 * DESCRIPTOR_BYTES + (LENGTHS[CPU] ?? 0) + (LENGTHS[MTRR] ?? 0));

/** A domain's state: what sethvmcontext left, or records of zeroes. */
function stream(domain: Domain, khz: number): Uint8Array {
  const vcpus = Math.max(1, domain.vcpus.length);
  const bytes = new Uint8Array(streamBytes(vcpus));
  const view = new DataView(bytes.buffer);
  const before = domain.hvmContext;
  const old = before === undefined ? [] : (parse(before) ?? []);
  let at = 0;
  const descriptor = (type: number, instance: number, length: number) => {
    view.setUint16(at, type, true);
    view.setUint16(at + 2, instance, true);
    view.setUint32(at + 4, length, true);
    at += DESCRIPTOR_BYTES;
  };
  descriptor(HEADER, 0, HEADER_BYTES);
  view.setUint32(at, HEADER_MAGIC, true);
  view.setUint32(at + 4, HEADER_VERSION, true);
  view.setBigUint64(at + 8, 0xffffffffffffffffn, true);
  view.setUint32(at + 20, khz, true);
  at += HEADER_BYTES;
  for (const type of [CPU, MTRR]) {
    const length = LENGTHS[type] ?? 0;
    for (let instance = 0; instance < vcpus; instance += 1) {
      descriptor(type, instance, length);
      const kept = old.find((each) => each.type === type && each.instance === instance);
      if (kept !== undefined && before !== undefined) {
        bytes.set(before.subarray(kept.at, kept.at + Math.min(kept.length, length)), at);
      }
      at += length;
    }
  }
  descriptor(END, 0, 0);
  return bytes;
}

function tell({ console }: Hypervisor, domain: Domain): void {
  for (const [name, ofVcpu] of SAVED) {
    for (const vcpu of ofVcpu ? domain.vcpus : [undefined]) {
      const who = vcpu === undefined ? `d${domain.id}` : `d${domain.id}v${vcpu.id}`;
      console.printk(`<G><2>HVM ${who} save: ${name}\n`);
    }
  }
}

const refuses = (request: DomctlRequest): boolean => request.self || !request.domain.isHvm;
const recordsOnly = partial('CPU and MTRR records only; the other devices have no state');

/** XEN_DOMCTL_gethvmcontext: a NULL buffer asks for the size. The struct goes back whatever the result. */
const gethvmcontext = operation({
  family: domctlFamily,
  name: 'gethvmcontext',
  status: recordsOnly,
  argument: 'hvmcontext',
  copies: 'always',
  bind({ field }) {
    const size = field('size');
    const buffer = field('buffer');
    return (request) => {
      const { domain, view, call, hypervisor } = request;
      if (refuses(request)) return -errno.EINVAL;
      const length = streamBytes(Math.max(1, domain.vcpus.length));
      const address = buffer.get(view);
      if (address === 0) {
        size.set(view, length);
        return 0;
      }
      if (size.get(view) < length) return -errno.ENOSPC;
      tell(hypervisor, domain);
      size.set(view, length);
      return call.copyToGuest(address, stream(domain, hypervisor.machine.cpuKhz)) ? 0 : -errno.EFAULT;
    };
  },
});

/** XEN_DOMCTL_sethvmcontext: a virtual CPU with a CPU record is initialised and up. */
const sethvmcontext = operation({
  family: domctlFamily,
  name: 'sethvmcontext',
  status: recordsOnly,
  argument: 'hvmcontext',
  bind({ field }) {
    const size = field('size');
    const buffer = field('buffer');
    return (request) => {
      const { domain, view, call, hypervisor } = request;
      if (refuses(request)) return -errno.EINVAL;
      const length = size.get(view);
      if (length > MAX_STREAM) return -errno.ENOMEM;
      const bytes = new Uint8Array(length);
      if (length > 0 && !call.copyFromGuest(buffer.get(view), bytes)) return -errno.EFAULT;
      const records = parse(bytes);
      const header = records?.[0];
      if (records === undefined || header?.type !== HEADER) return -errno.EINVAL;
      if (new DataView(bytes.buffer).getUint32(header.at, true) !== HEADER_MAGIC) return -errno.EINVAL;
      for (const { type, instance } of records) {
        if (LENGTHS[type] !== undefined && domain.vcpus[instance] === undefined) return -errno.EINVAL;
      }
      const now = hypervisor.now();
      for (const { type, instance } of records) {
        const name = type === CPU ? 'CPU' : type === MTRR ? 'MTRR' : undefined;
        if (name !== undefined) hypervisor.console.printk(`<G><2>HVM${domain.id} restore: ${name} ${instance}\n`);
        const vcpu = type === CPU ? domain.vcpus[instance] : undefined;
        if (vcpu === undefined) continue;
        vcpu.initialised = true;
        vcpu.setDown(false, now);
      }
      domain.hvmContext = bytes;
      return 0;
    };
  },
});

/** XEN_DOMCTL_gethvmcontext_partial: the data of one record; a NULL buffer asks for its size. */
const gethvmcontext_partial = operation({
  family: domctlFamily,
  name: 'gethvmcontext_partial',
  status: recordsOnly,
  argument: 'hvmcontext_partial',
  copies: 'both',
  bind({ field, optional }) {
    const typeField = field('type');
    const instance = field('instance');
    const size = optional('bufsz');
    const buffer = field('buffer');
    return (request) => {
      const { domain, view, call, hypervisor } = request;
      if (refuses(request)) return -errno.EINVAL;
      const type = typeField.get(view);
      const length = LENGTHS[type];
      if (length === undefined) return -errno.EINVAL;
      const which = instance.get(view);
      const vcpu = domain.vcpus[which];
      if (vcpu === undefined) return -errno.ENOENT;
      if (type === CPU && !vcpu.initialised) return -errno.ENODATA;
      const address = buffer.get(view);
      if (address !== 0) {
        if (size !== undefined && size.get(view) < length) return -errno.ENOSPC;
        const bytes = stream(domain, hypervisor.machine.cpuKhz);
        const record = parse(bytes)?.find((each) => each.type === type && each.instance === which);
        if (record === undefined) return -errno.ENOENT;
        if (!call.copyToGuest(address, bytes, length, record.at)) return -errno.EFAULT;
      }
      size?.set(view, length);
      return 0;
    };
  },
});

export const hvmContextOperations = [gethvmcontext, sethvmcontext, gethvmcontext_partial];
