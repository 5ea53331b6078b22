import type { Field, Struct } from '../../abi/layout.ts';
import { supported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { type DomainInfoWriter, domainInfoWriter } from '../domctl/domaininfo.ts';
import type { SysctlOperation } from './sysctl.ts';

interface Fields {
  readonly first: Field;
  readonly max: Field;
  readonly buffer: Field;
  readonly count: Field;
  /** Where the entry's struct lies in struct xen_domctl, and its bytes. */
  readonly entryOffset: number;
  readonly entryBytes: number;
  readonly write: DomainInfoWriter;
}

/** Entries that are copied to the caller at a time: a copy costs as much as twenty entries. */
const BATCH = 512;
/** Room for a batch of the largest entry of any release. */
const MAX_ENTRY_BYTES = 128;
const bytes = new Uint8Array(BATCH * MAX_ENTRY_BYTES);
const batch = new DataView(bytes.buffer);

const resolved = new WeakMap<Struct, Fields>();

/** Resolves the fields once: `sysctl` and `domctl` are the structs of one release. */
export function prepareDomainInfoList(sysctl: Struct, domctl: Struct): void {
  const field = (name: string) => sysctl.field(`u.getdomaininfolist.${name}`);
  const info = domctl.field('u.getdomaininfo');
  resolved.set(sysctl, {
    first: field('first_domain'),
    max: field('max_domains'),
    buffer: field('buffer'),
    count: field('num_domains'),
    entryOffset: info.offset,
    entryBytes: info.size,
    write: domainInfoWriter(domctl, 'u.getdomaininfo.'),
  });
}

/** XEN_SYSCTL_getdomaininfolist: the domains from `first_domain` on, in the order of their ids. */
export const getdomaininfolist: SysctlOperation = {
  name: 'getdomaininfolist',
  status: supported,
  perform(call, view, struct, address) {
    const { hypervisor } = call;
    const fields = resolved.get(struct);
    if (fields === undefined) return -errno.ENOSYS;
    const { first, max, buffer, count, entryOffset, entryBytes, write } = fields;
    const now = hypervisor.now();
    const limit = max.get(view);
    let target = buffer.get(view);
    let copied = 0;
    let filled = 0;
    bytes.fill(0);
    for (
      let domain = hypervisor.domains.next(first.get(view));
      domain !== undefined && copied + filled < limit;
      domain = hypervisor.domains.next(domain.id + 1)
    ) {
      write(domain, now, batch, filled * entryBytes - entryOffset);
      filled += 1;
      if (filled < BATCH) continue;
      if (!call.copyToGuest(target, bytes, filled * entryBytes)) return -errno.EFAULT;
      target += filled * entryBytes;
      copied += filled;
      filled = 0;
    }
    if (filled > 0 && !call.copyToGuest(target, bytes, filled * entryBytes)) return -errno.EFAULT;
    count.set(view, copied + filled);
    return call.structToGuest(address, view);
  },
};
