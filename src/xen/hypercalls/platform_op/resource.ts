import { behaves } from '../../abi/behaviour.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import { partial, supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { symbols } from '../../console/symbols.ts';
import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';
import { platformFamily } from './family.ts';

const entry = stableLayout('xenpf_resource_entry', 'cmd:u32 rsvd:u32 idx:u64 val:u64');
const [cmd, reserved] = [entry.field('cmd'), entry.field('rsvd')];
const [index, value] = [entry.field('idx'), entry.field('val')];
/** Entries of one call, as Xen's limit. */
const MAX_ENTRIES = 3;
const MSR_READ = 0;
const MSR_WRITE = 1;
/** The only MSR that dom0 may read here and that this CPU has: the time stamp counter. */
const MSR_IA32_TSC = 0x10;
/** QM_EVTSEL and QM_CTR, the cache monitor's. */
const monitoring = new Set([0xc8d, 0xc8e]);

/** XENPF_resource_op: reads MSRs on a CPU; each entry's `cmd` becomes its result. The result is the number of entries done. */
const resourceOp = operation({
  family: platformFamily,
  name: 'resource_op',
  status: partial('the TSC can be read; other MSRs are refused'),
  argument: stableLayout('xenpf_resource_op', 'nr_entries:u32 cpu:u32 entries:u64'),
  bind({ field }) {
    const [nrEntries, cpu, entriesField] = [field('nr_entries'), field('cpu'), field('entries')];
    const bytes = new Uint8Array(entry.size * MAX_ENTRIES);
    const data = new DataView(bytes.buffer);
    return ({ call, hypervisor, view }) => {
      const { hardware } = hypervisor;
      const count = nrEntries.get(view);
      const entries = entriesField.get(view);
      if (count === 0) return 0;
      if (count > MAX_ENTRIES) return -errno.EINVAL;
      if (!call.copyFromGuest(entries, bytes, entry.size * count)) return -errno.EFAULT;
      let done = 0;
      for (; done < count; done += 1) {
        const result = performEntry(hypervisor, data, done * entry.size);
        if (result === 0) continue;
        cmd.set(data, result, done * entry.size);
        break;
      }
      // The CPU is checked only if an entry may be performed.
      if (done > 0 && !hardware.onlineCpus.has(cpu.get(view))) return -errno.ENODEV;
      // the failed entry is written back too: it has the reason
      const written = Math.min(done + 1, count);
      return call.copyToGuest(entries, bytes, written * entry.size) ? done : -errno.EFAULT;
    };
  },
});

/** The result of one entry: 0 or -errno. */
function performEntry({ abi, machine }: Hypervisor, data: DataView, at: number): number {
  if (reserved.get(data, at) !== 0) return -errno.EINVAL;
  const command = cmd.get(data, at);
  if (command !== MSR_READ && command !== MSR_WRITE) return -errno.EOPNOTSUPP;
  const register = index.get(data, at);
  if (register >= 2 ** 32) return -errno.EINVAL;
  if (behaves(abi, 'resourceNotPermitted')) {
    if (monitoring.has(register)) return 0;
    if (register !== MSR_IA32_TSC) return -errno.EACCES;
  }
  if (register !== MSR_IA32_TSC || command === MSR_WRITE) return -errno.EPERM;
  value.setBig(data, (machine.uptime() * BigInt(machine.cpuKhz)) / 1_000_000n, at);
  return 0;
}

/** XENPF_get_symbol: Xen's symbol number `symnum`; the number is incremented, or stays at the end. */
const getSymbol = operation({
  family: platformFamily,
  name: 'get_symbol',
  status: supported,
  argument: stableLayout('xenpf_symdata', 'namelen:u32 symnum:u32 name:u64 address:u64 type:u8'),
  copies: 'both',
  bind({ field }) {
    const [length, symbolNumber, nameField] = [field('namelen'), field('symnum'), field('name')];
    const [address, type] = [field('address'), field('type')];
    return ({ call, view }) => {
      const number = symbolNumber.get(view);
      if (number > symbols.length) return -errno.ERANGE;
      const found = symbols[number];
      const name = new TextEncoder().encode(`${found?.[2] ?? ''}\0`);
      const fitting = Math.min(name.length, length.get(view));
      if (!call.copyToGuest(nameField.get(view), name, fitting)) return -errno.EFAULT;
      length.set(view, name.length);
      if (found !== undefined) {
        symbolNumber.set(view, number + 1);
        address.setBig(view, found[0]);
        type.set(view, found[1].charCodeAt(0));
      }
      return 0;
    };
  },
});

export const resourceOperations = [resourceOp, getSymbol];
