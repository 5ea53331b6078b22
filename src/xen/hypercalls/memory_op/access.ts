import type { Abi } from '../../abi/abi.ts';
import type { Field } from '../../abi/layout.ts';
import type { Call } from '../../call/call.ts';
import { remoteDomain } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import type { Domain } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import { MAX_GFN } from '../../memory/domain-memory.ts';
import { pageAccesses } from '../../memory/page-access.ts';
import type { MemoryOperation } from './memory_op.ts';

/** XENMEM_access_op_*. */
const OP = { set: 0, get: 1, setMulti: 4 } as const;
/** Instead of a frame: what pages have that the domain gets later. */
const LATER_PAGES = 0xffffffffffffffffn;
/** Bytes of a frame number in a list. */
const FRAME_BYTES = 8;

interface Fields {
  readonly op: Field;
  readonly access: Field;
  readonly domid: Field;
  readonly count: Field;
  readonly frame: Field;
  readonly frames: Field;
  readonly accesses: Field;
}

/** XENMEM_access_op: what virtual CPUs may do with a guest's pages. Only Intel's page tables can say it. */
export function accessOperations(abi: Abi): readonly MemoryOperation[] {
  const struct = abi.struct('xen_mem_access_op');
  const fields: Fields = {
    op: struct.field('op'),
    access: struct.field('access'),
    domid: struct.field('domid'),
    count: struct.field('nr'),
    frame: struct.field('pfn'),
    frames: struct.field('pfn_list'),
    accesses: struct.field('access_list'),
  };
  return [
    {
      name: 'access_op',
      status: supported,
      perform(call, address, start) {
        const view = call.structFromGuest(address, struct);
        if (view === undefined) return -errno.EFAULT;
        const domain = remoteDomain(call, fields.domid.get(view));
        if (typeof domain === 'number') return domain;
        if (domain.dying !== 'no') return -errno.EINVAL;
        if (!domain.memory.translated || call.hypervisor.machine.vendor !== 'intel') return -errno.EINVAL;
        if (!call.domain.privileged) return -errno.EPERM;
        if (domain.monitor?.enabled !== true) return -errno.ENODEV;
        switch (fields.op.get(view)) {
          case OP.set:
            return setRange(domain, view, fields, start);
          case OP.setMulti:
            return setEach(call, domain, view, fields, start);
          case OP.get:
            return start === 0 ? getOne(call, domain, view, fields, address) : -errno.ENOSYS;
          default:
            return -errno.ENOSYS;
        }
      },
    },
  ];
}

/** XENMEM_access_default stands for what new pages have; undefined if there is no such access. */
function accessOf(domain: Domain, asked: number): number | undefined {
  if (asked === pageAccesses.default) return domain.memory.restrictAccess().initial;
  return asked <= pageAccesses.n2rwx ? asked : undefined;
}

function setRange(domain: Domain, view: DataView, fields: Fields, start: number): number {
  const frame = fields.frame.get(view);
  const count = fields.count.get(view);
  const later = fields.frame.getBig(view) === LATER_PAGES;
  const last = frame + count - 1;
  if (!later && (count < start || last < frame || last > domain.memory.maximumGfn)) return -errno.EINVAL;
  const access = accessOf(domain, fields.access.get(view));
  if (access === undefined) return -errno.EINVAL;
  const accesses = domain.memory.restrictAccess();
  if (later) accesses.initial = access;
  else if (!accesses.set(frame + start, count - start, access)) return -errno.ENOMEM;
  return 0;
}

function setEach(call: Call, domain: Domain, view: DataView, fields: Fields, start: number): number {
  const count = fields.count.get(view);
  const frames = fields.frames.get(view);
  const accesses = fields.accesses.get(view);
  const bytes = new Uint8Array(FRAME_BYTES);
  const word = new DataView(bytes.buffer);
  const asked = new Uint8Array(1);
  for (let index = start; index < count; index += 1) {
    const copied =
      call.copyFromGuest(frames + FRAME_BYTES * index, bytes) && call.copyFromGuest(accesses + index, asked);
    if (!copied) return -errno.EFAULT;
    const access = accessOf(domain, asked[0] ?? 0);
    if (access === undefined) return -errno.EINVAL;
    const frame = Number(word.getBigUint64(0, true));
    if (frame > MAX_GFN) return -errno.EINVAL;
    if (!domain.memory.restrictAccess().set(frame, 1, access)) return -errno.ENOMEM;
  }
  return 0;
}

function getOne(call: Call, domain: Domain, view: DataView, fields: Fields, address: number): number {
  const { memory } = domain;
  const frame = fields.frame.getBig(view);
  if (frame === LATER_PAGES) {
    const initial = memory.access?.initial ?? pageAccesses.rwx;
    return call.fieldToGuest(address, fields.access, initial) ? 0 : -errno.EFAULT;
  }
  if (frame > BigInt(memory.maximumGfn)) return -errno.EINVAL;
  if (memory.pageOf(Number(frame)) === undefined) return -errno.ESRCH;
  const access = memory.access?.get(Number(frame)) ?? pageAccesses.rwx;
  return call.fieldToGuest(address, fields.access, access) ? 0 : -errno.EFAULT;
}
