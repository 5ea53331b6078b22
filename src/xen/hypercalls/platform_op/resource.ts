import { stableLayout } from '../../abi/stable-layout.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { symbols } from '../../console/symbols.ts';
import { errno } from '../../errno.ts';
import type { Machine } from '../../machine/machine.ts';
import type { PlatformOperation } from './platform_op.ts';

const resource = stableLayout('xenpf_resource_op', 'nr_entries:u32 cpu:u32 entries:u64');
const entry = stableLayout('xenpf_resource_entry', 'cmd:u32 rsvd:u32 idx:u64 val:u64');
/** Entries of one call, as Xen's limit. */
const MAX_ENTRIES = 3;
const MSR_READ = 0;
const MSR_WRITE = 1;
/** The one MSR that dom0 may read here and that such a CPU has: the time stamp counter. */
const MSR_IA32_TSC = 0x10;

/** XENPF_resource_op: reads MSRs on a CPU; each entry's `cmd` becomes its result. The result is the number of entries done. */
export const resourceOp: PlatformOperation = {
  name: 'resource_op',
  status: partial('the TSC can be read; every other MSR is EPERM'),
  perform(call, view, union, _address) {
    const { hardware, machine } = call.hypervisor;
    const count = resource.field('nr_entries').get(view, union);
    const entries = resource.field('entries').get(view, union);
    if (count === 0) return 0;
    if (count > MAX_ENTRIES) return -errno.EINVAL;
    const bytes = new Uint8Array(entry.size * count);
    if (!call.copyFromGuest(entries, bytes)) return -errno.EFAULT;
    if (!hardware.onlineCpus.has(resource.field('cpu').get(view, union))) return -errno.ENODEV;
    const data = new DataView(bytes.buffer);
    let done = 0;
    for (; done < count; done += 1) {
      const result = performEntry(machine, data, done * entry.size);
      entry.field('cmd').set(data, result, done * entry.size);
      if (result < 0) break;
    }
    // the entry that failed is written back too: it tells why
    const written = Math.min(done + 1, count);
    return call.copyToGuest(entries, bytes, written * entry.size) ? done : -errno.EFAULT;
  },
};

function performEntry(machine: Machine, data: DataView, at: number): number {
  if (entry.field('rsvd').get(data, at) !== 0) return -errno.EINVAL;
  const command = entry.field('cmd').get(data, at);
  if (command !== MSR_READ && command !== MSR_WRITE) return -errno.EOPNOTSUPP;
  const index = entry.field('idx').get(data, at);
  if (index >= 2 ** 32) return -errno.EINVAL;
  if (index !== MSR_IA32_TSC || command === MSR_WRITE) return -errno.EPERM;
  const ticks = (machine.uptime() * BigInt(machine.cpuKhz)) / 1_000_000n;
  entry.field('val').setBig(data, ticks, at);
  return 0;
}

const symbol = stableLayout('xenpf_symdata', 'namelen:u32 symnum:u32 name:u64 address:u64 type:u8');

/** XENPF_get_symbol: Xen's symbol number `symnum`; the number goes one up, or stays at the end. */
export const getSymbol: PlatformOperation = {
  name: 'get_symbol',
  status: supported,
  perform(call, view, union, address) {
    const field = (name: string) => symbol.field(name);
    const number = field('symnum').get(view, union);
    if (number > symbols.length) return -errno.ERANGE;
    const found = symbols[number];
    const name = new TextEncoder().encode(`${found?.[2] ?? ''}\0`);
    const length = Math.min(name.length, field('namelen').get(view, union));
    if (!call.copyToGuest(field('name').get(view, union), name, length)) return -errno.EFAULT;
    field('namelen').set(view, length, union);
    if (found !== undefined) {
      field('symnum').set(view, number + 1, union);
      field('address').setBig(view, found[0], union);
      field('type').set(view, found[1].charCodeAt(0), union);
    }
    return call.structToGuest(address, view);
  },
};
