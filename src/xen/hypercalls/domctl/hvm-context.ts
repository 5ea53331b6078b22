import { behaves } from '../../abi/behaviour.ts';
import { partial } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { Domain } from '../../domain/domain.ts';
import { type HvmRecord, hvmRecords, type Moment } from '../../domain/hvm-records.ts';
import { DESCRIPTOR_BYTES, END, HEADER, parse } from '../../domain/hvm-stream.ts';
import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';
import { type DomctlRequest, domctlFamily } from './family.ts';
import { HvmRestore, header } from './hvm-restore.ts';

/** CPUID leaf 1, EAX: the processor on which the domain ran. */
const HEADER_CPUID = 0x60fb1;
/** Upper limit for a stream: Xen writes at most 128 virtual CPUs of about 20 KiB each. */
const MAX_STREAM = 4 * 2 ** 20;

/** Enough room for everything that might be saved. */
function roomFor(records: readonly HvmRecord[], domain: Domain): number {
  let bytes = 2 * DESCRIPTOR_BYTES + header.bytes;
  for (const { ofVcpu, instances, bytes: length } of records) {
    bytes += (ofVcpu ? domain.vcpus.length : instances) * (DESCRIPTOR_BYTES + length);
  }
  return bytes;
}

const momentOf = ({ domain, hypervisor }: DomctlRequest): Moment => ({ domain, time: hypervisor.machine.wallclock() });

/** One record's data: as sethvmcontext set it, otherwise as after the device's creation. */
function dataOf(record: HvmRecord, instance: number, moment: Moment): Uint8Array {
  const data = new Uint8Array(record.bytes);
  const kept = moment.domain.hvmContext;
  const found = kept && parse(kept)?.find((each) => each.type === record.type && each.instance === instance);
  if (found !== undefined && kept !== undefined) {
    data.set(kept.subarray(found.at, found.at + Math.min(found.length, record.bytes)));
  } else {
    record.fill(new DataView(data.buffer), instance, moment);
  }
  return data;
}

function instancesOf(record: HvmRecord, domain: Domain): number[] {
  const count = record.ofVcpu ? domain.vcpus.length : record.instances;
  return Array.from({ length: count }, (_, instance) => instance).filter((instance) =>
    record.has(domain, record.ofVcpu ? domain.vcpus[instance] : undefined),
  );
}

/** A domain's state. */
function stream(records: readonly HvmRecord[], moment: Moment, khz: number): Uint8Array {
  const { domain } = moment;
  const bytes = new Uint8Array(roomFor(records, domain));
  const view = new DataView(bytes.buffer);
  let at = 0;
  const descriptor = (type: number, instance: number, length: number) => {
    view.setUint16(at, type, true);
    view.setUint16(at + 2, instance, true);
    view.setUint32(at + 4, length, true);
    at += DESCRIPTOR_BYTES;
  };
  descriptor(HEADER, 0, header.bytes);
  view.setUint32(at, header.magic, true);
  view.setUint32(at + 4, header.version, true);
  view.setBigUint64(at + 8, 0xffffffffffffffffn, true);
  view.setUint32(at + 16, HEADER_CPUID, true);
  view.setUint32(at + 20, khz, true);
  at += header.bytes;
  for (const record of records) {
    for (const instance of instancesOf(record, domain)) {
      descriptor(record.type, instance, record.bytes);
      bytes.set(dataOf(record, instance, moment), at);
      at += record.bytes;
    }
  }
  descriptor(END, 0, 0);
  return bytes.subarray(0, at);
}

function printRecords(records: readonly HvmRecord[], { console }: Hypervisor, domain: Domain): void {
  for (const { name, ofVcpu } of records) {
    for (const vcpu of ofVcpu ? domain.vcpus : [undefined]) {
      const who = vcpu === undefined ? `d${domain.id}` : `d${domain.id}v${vcpu.id}`;
      console.printk(`<G><2>HVM ${who} save: ${name}\n`);
    }
  }
}

const refuses = (request: DomctlRequest): boolean => request.self || !request.domain.isHvm;
const asCreated = partial('the registers and devices as created or as restored; nothing executes');

/** XEN_DOMCTL_gethvmcontext: a NULL buffer asks for the size. The struct is copied back whatever the result. */
const gethvmcontext = operation({
  family: domctlFamily,
  name: 'gethvmcontext',
  status: asCreated,
  argument: 'hvmcontext',
  copies: 'always',
  bind({ field, abi }) {
    const size = field('size');
    const buffer = field('buffer');
    const records = hvmRecords(abi);
    return (request) => {
      const { domain, view, call, hypervisor } = request;
      if (refuses(request)) return -errno.EINVAL;
      const room = roomFor(records, domain);
      const address = buffer.get(view);
      if (address === 0) {
        size.set(view, room);
        return 0;
      }
      if (size.get(view) < room) return -errno.ENOSPC;
      printRecords(records, hypervisor, domain);
      const bytes = stream(records, momentOf(request), hypervisor.machine.cpuKhz);
      size.set(view, bytes.length);
      return call.copyToGuest(address, bytes) ? 0 : -errno.EFAULT;
    };
  },
});

/** XEN_DOMCTL_sethvmcontext: a virtual CPU with a CPU record is initialised and up. */
const sethvmcontext = operation({
  family: domctlFamily,
  name: 'sethvmcontext',
  status: asCreated,
  argument: 'hvmcontext',
  bind({ field, abi }) {
    const size = field('size');
    const buffer = field('buffer');
    const records = hvmRecords(abi);
    const checksFirst = behaves(abi, 'hvmContextCheckedFirst');
    return (request) => {
      const { domain, view, call } = request;
      if (refuses(request)) return -errno.EINVAL;
      const length = size.get(view);
      if (length > MAX_STREAM) return -errno.ENOMEM;
      const bytes = new Uint8Array(length);
      if (length > 0 && !call.copyFromGuest(buffer.get(view), bytes)) return -errno.EFAULT;
      const result = new HvmRestore(records, checksFirst, bytes, request).run();
      if (result === 0) domain.hvmContext = bytes;
      return result;
    };
  },
});

/** XEN_DOMCTL_gethvmcontext_partial: the data of one record; a NULL buffer asks for its size. */
const gethvmcontext_partial = operation({
  family: domctlFamily,
  name: 'gethvmcontext_partial',
  status: asCreated,
  argument: 'hvmcontext_partial',
  copies: 'both',
  bind({ field, optional, abi }) {
    const typeField = field('type');
    const instance = field('instance');
    const size = optional('bufsz');
    const buffer = field('buffer');
    const records = hvmRecords(abi);
    return (request) => {
      const { domain, view, call } = request;
      if (refuses(request)) return -errno.EINVAL;
      const record = records.find(({ type }) => type === typeField.get(view));
      if (record === undefined) return -errno.EINVAL;
      const which = instance.get(view);
      const vcpu = record.ofVcpu ? domain.vcpus[which] : undefined;
      if (record.ofVcpu && vcpu === undefined) return -errno.ENOENT;
      if (!record.has(domain, vcpu)) return record.ofVcpu ? -errno.ENODATA : -errno.ENOENT;
      if (which >= record.instances && !record.ofVcpu) return -errno.ENOENT;
      const address = buffer.get(view);
      if (address !== 0) {
        if (size !== undefined && size.get(view) < record.bytes) return -errno.ENOBUFS;
        if (!call.copyToGuest(address, dataOf(record, which, momentOf(request)))) return -errno.EFAULT;
      }
      size?.set(view, record.bytes);
      return 0;
    };
  },
});

export const hvmContextOperations = [gethvmcontext, sethvmcontext, gethvmcontext_partial];
