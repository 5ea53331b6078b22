import type { Field, Struct } from '../../abi/layout.ts';
import { errno } from '../../errno.ts';
import { supported } from '../../hypercall.ts';
import { type DomainInfoWriter, domainInfoWriter } from '../domctl/domaininfo.ts';
import type { SysctlOperation } from './sysctl.ts';

interface Fields {
  readonly first: Field;
  readonly max: Field;
  readonly buffer: Field;
  readonly count: Field;
  /** Bytes of an entry of the list. */
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

function fieldsOf(struct: Struct, info: Struct): Fields {
  let fields = resolved.get(struct);
  if (fields === undefined) {
    const field = (name: string) => struct.field(`u.getdomaininfolist.${name}`);
    fields = {
      first: field('first_domain'),
      max: field('max_domains'),
      buffer: field('buffer'),
      count: field('num_domains'),
      entryBytes: info.size,
      write: domainInfoWriter(info, ''),
    };
    resolved.set(struct, fields);
  }
  return fields;
}

/** XEN_SYSCTL_getdomaininfolist: the domains from `first_domain` on, in the order of their ids. */
export const getdomaininfolist: SysctlOperation = {
  name: 'getdomaininfolist',
  status: supported,
  perform(call, view, struct, address) {
    const { hypervisor } = call;
    const { first, max, buffer, count, entryBytes, write } = fieldsOf(
      struct,
      hypervisor.abi.struct('xen_domctl_getdomaininfo'),
    );
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
      write(domain, now, batch, filled * entryBytes);
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
