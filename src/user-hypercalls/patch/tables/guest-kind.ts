// Which kinds of guests use which of Xen's tables.

import { say } from '../../../language/say.ts';

/** Word size and kind of a guest, as distinguished by the tables; `pvh64` had its own table from 4.4 to 4.6. `xen32`: a 32-bit Xen. */
export type GuestKind = 'pv64' | 'pv32' | 'hvm64' | 'hvm32' | 'pvh64' | 'xen32' | 'arm';

export function guestKindText(kind: GuestKind): string {
  switch (kind) {
    case 'pv64':
      return say('64-bit PV guests, dom0 among them');
    case 'pv32':
      return say('32-bit PV guests');
    case 'hvm64':
      return say('64-bit HVM guests');
    case 'hvm32':
      return say('32-bit HVM guests');
    case 'pvh64':
      return say('PVH guests');
    case 'xen32':
      return say('a 32-bit Xen');
    case 'arm':
      return 'Arm';
  }
}

/** Kinds that a table's entries serve, for the native and the compat function of an entry. Undefined if it is no hypercall table. */
export function kindsOf(path: string, label: string): { native: GuestKind[]; compat: GuestKind[] } | undefined {
  if (/\/arm\//.test(path)) return { native: ['arm'], compat: [] };
  if (/x86_32\/entry\.S$/.test(path))
    return label === 'hypercall_table' ? { native: ['xen32'], compat: [] } : undefined;
  switch (label) {
    case 'hypercall_table':
      return { native: ['pv64'], compat: [] };
    case 'compat_hypercall_table':
      return { native: ['pv32'], compat: [] };
    case 'pv_hypercall_table':
      return { native: ['pv64'], compat: ['pv32'] };
    case 'hvm_hypercall_table':
      return { native: ['hvm64', 'pvh64'], compat: ['hvm32'] };
    case 'hvm_hypercall64_table':
      return { native: ['hvm64'], compat: [] };
    case 'hvm_hypercall32_table':
      return { native: [], compat: ['hvm32'] };
    case 'pvh_hypercall64_table':
      return { native: ['pvh64'], compat: [] };
    default:
      return undefined;
  }
}
