import type { Member } from './layout.ts';
import { type Named, POINTERS, type Setting } from './operation.ts';
import type { Variable } from './script.ts';

const MAX = 0xffffffffffffffffn;

/** The domains that a sweep is about. */
export interface Guests {
  readonly pv: Named;
  readonly hvm: Named;
  readonly pvh: Named;
}

/** The domains that a table's rows use: known when the script is written, or variables of the script. */
export type Subjects = Readonly<Record<keyof Guests, Named | Variable>>;

/** Ids that no domain has, and Xen's special ones: self, I/O, Xen, copy-on-write, invalid. */
const nobody: Setting[] = [999, 0x7ff0, 0x7ff1, 0x7ff2, 0x7ff4, 0xffff];

/** A guest of the kind that a call is about, then the other guests, then unused ids. */
export function domainSettings({ pv, hvm, pvh }: Subjects, first: 'pv' | 'hvm' | 'pvh', dom0 = false): Setting[] {
  const kinds = { pv: [pv, hvm, pvh], hvm: [hvm, pv, pvh], pvh: [pvh, hvm, pv] };
  return [...kinds[first], ...(dom0 ? [0] : []), ...nobody];
}

/** Default settings of a member that the table does not list: by the last part of its name, else by its size. */
const byName: [RegExp, Setting[]][] = [
  [/^_?(pad|padding|rsvd|reserved|mbz)\d*$/, [0, 1]],
  [/^(vcpu|vcpuid|vcpu_id)$/, [0, 1, 2, 0xffffffff]],
  [/^nr_bits$/, [8, 0, 1, 2, 64, 65, 4096]],
  [/(^|_)(gfn|pfn|gpfn|gmfn)$/, [5, 0, 31, 32, 0xfffff, 0x10000000000n, MAX]],
  [/(^|_)mfn$/, [0xfd000, 0, 0xa0, 0x100, 0xfee00, 0x10000000000n, MAX]],
  [/^(cpu|cpuid|xen_cpuid)$/, [0, 1, 2, 63, 255, 256, 0xffffffff]],
  [/^(op|cmd|type|mode)$/, [0, 1, 2, 3, 4, 5, 6, 7, 8, 0xffffffff]],
  [/^(flags|\w*flags)$/, [0, 1, 2, 4, 8, 0x80000000, 0xffffffff]],
  [/^(enable|enabled|allow_access|add_mapping|\w*_required|level)$/, [1, 0, 2, 0xff]],
  [/(^|_)port$/, [0, 1, 5, 1023, 1024, 4095, 0xffffffff]],
  [/^(pirq|irq|gsi|machine_irq|isa_irq)$/, [5, 0, 1, 4, 15, 16, 23, 24, 48, 255, 256, 0xffffffff]],
  [/^(nr|num|count)$|^(nr|num|max)_/, [4, 0, 1, 2, 64, 65, 1024, 0xffffffff]],
];

export function defaultSettings({ path, size, pointer }: Member): readonly Setting[] {
  if (pointer) return POINTERS;
  const name = path.slice(path.lastIndexOf('.') + 1);
  const known = byName.find(([pattern]) => pattern.test(name))?.[1];
  if (size > 8) return known === undefined ? [0, MAX] : known;
  const limit = 1n << BigInt(size * 8);
  const settings = known ?? [0, 1, 2, ...(size === 8 ? [0x10000000000n] : []), limit - 1n];
  return settings.filter((setting) => typeof setting !== 'number' || BigInt(setting) < limit);
}
