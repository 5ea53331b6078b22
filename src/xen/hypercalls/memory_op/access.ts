import type { Field } from '../../abi/layout.ts';
import type { Call } from '../../call/call.ts';
import { remoteDomain } from '../../call/domid.ts';
import { supported } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import type { Domain } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import { MAX_GFN } from '../../memory/domain-memory.ts';
import { pageAccesses } from '../../memory/page-access.ts';
import { type MemoryRequest, memoryFamily } from './family.ts';

/** XENMEM_access_op_*. */
const OP = { set: 0, get: 1, setMulti: 4 } as const;
/** Instead of a frame: the default access for pages that the domain gets later. */
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

/** The access rights of a guest's pages, which only Intel's page tables support. */
const accessOp = operation({
  family: memoryFamily,
  name: 'access_op',
  status: supported,
  argument: 'xen_mem_access_op',
  bind({ field }) {
    const fields: Fields = {
      op: field('op'),
      access: field('access'),
      domid: field('domid'),
      count: field('nr'),
      frame: field('pfn'),
      frames: field('pfn_list'),
      accesses: field('access_list'),
    };
    return (request) => {
      const { call, caller, hypervisor, start, view } = request;
      const domain = remoteDomain(call, fields.domid.get(view));
      if (typeof domain === 'number') return domain;
      if (domain.dying !== 'no') return -errno.EINVAL;
      if (!domain.memory.translated || hypervisor.machine.vendor !== 'intel') return -errno.EINVAL;
      if (!caller.privileged) return -errno.EPERM;
      if (domain.monitor?.enabled !== true) return -errno.ENODEV;
      switch (fields.op.get(view)) {
        case OP.set:
          return setRange(domain, view, fields, start);
        case OP.setMulti:
          return setEach(call, domain, view, fields, start);
        case OP.get:
          return start === 0 ? getOne(request, domain, fields) : -errno.ENOSYS;
        default:
          return -errno.ENOSYS;
      }
    };
  },
});

/** Resolves XENMEM_access_default to the access of new pages; undefined if there is no such access. */
function accessOf(domain: Domain, asked: number): number | undefined {
  if (asked === pageAccesses.default) return domain.memory.properties.restrictAccess().initial;
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
  const { properties } = domain.memory;
  if (later) properties.restrictAccess().initial = access;
  else if (!properties.setAccess(frame + start, count - start, access)) return -errno.ENOMEM;
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
    if (!domain.memory.properties.setAccess(frame, 1, access)) return -errno.ENOMEM;
  }
  return 0;
}

function getOne(request: MemoryRequest, domain: Domain, fields: Fields): number {
  const { memory } = domain;
  const frame = fields.frame.getBig(request.view);
  if (frame === LATER_PAGES) {
    const initial = memory.properties.access?.initial ?? pageAccesses.rwx;
    return request.fieldToGuest(fields.access, initial);
  }
  if (frame > BigInt(memory.maximumGfn)) return -errno.EINVAL;
  if (memory.pageOf(Number(frame)) === undefined) return -errno.ESRCH;
  const access = memory.properties.access?.get(Number(frame)) ?? pageAccesses.rwx;
  return request.fieldToGuest(fields.access, access);
}

export const accessOperations = [accessOp];
