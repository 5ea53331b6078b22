import type { Calls } from './calls.ts';
import type { Named } from './operation.ts';
import type { Guests } from './settings.ts';

export type GuestKind = 'pv' | 'hvm' | 'pvh';

const FLAG_HVM = 1;
const FLAG_HAP = 2;
const EMULATE_LAPIC = 1;
/** Everything that QEMU's machine has, except virtual PCI. */
const EMULATE_HVM = 0x3ff;

/** createdomain's members for a guest of a kind, as xl sets them. */
export function configuration(calls: Calls, kind: GuestKind, vcpus: number): Record<string, number | bigint> {
  const struct = calls.abi.struct('xen_domctl');
  const only = (path: string, value: number) => (struct.has(`u.createdomain.${path}`) ? { [path]: value } : {});
  return {
    flags: kind === 'pv' ? 0 : FLAG_HVM | FLAG_HAP,
    max_vcpus: vcpus,
    max_evtchn_port: 1023,
    max_grant_frames: 8,
    max_maptrack_frames: 16,
    ...only('grant_opts', 2),
    'arch.emulation_flags': kind === 'pv' ? 0 : kind === 'pvh' ? EMULATE_LAPIC : EMULATE_HVM,
  };
}

export function create(calls: Calls, kind: GuestKind, id: number, vcpus: number, line: string): void {
  calls.domctl('createdomain', id, {
    id: line,
    asked: `kind=${kind} vcpus=${vcpus}`,
    set: configuration(calls, kind, vcpus),
  });
}

export function populate(calls: Calls, domain: number, gfns: readonly number[], line: string, order = 0): void {
  const asked = `domain=${domain} gfns=${gfns.join(',')}${order === 0 ? '' : ` order=${order}`}`;
  const set = { domid: domain, nr_extents: gfns.length, extent_order: order, extent_start: { u64: gfns } };
  calls.stable('memory_op', 'XENMEM', 'populate_physmap', 'xen_memory_reservation_t', { id: line, asked, set });
}

/** Makes a guest of two vcpus with some pages from frame 0 on. Each step is a line, so that a failed setup is noticed. */
export function guest(calls: Calls, kind: GuestKind, id: number, pages: number, line = `setup.${id}`): Named {
  create(calls, kind, id, 2, `${line}.create`);
  calls.domctl('max_mem', id, { id: `${line}.max_mem`, set: { max_memkb: 65536 } });
  calls.domctl('max_vcpus', id, { id: `${line}.max_vcpus`, set: { max: 2 } });
  if (kind !== 'pv') calls.domctl('shadow_op', id, { id: `${line}.pool`, set: { op: 31, mb: 2 } });
  const gfns = Array.from({ length: pages }, (_, index) => index);
  if (pages > 0) populate(calls, id, gfns, `${line}.populate`);
  return { name: kind, value: BigInt(id) };
}

/** One guest of each kind, with ids from `first`. */
export function guests(calls: Calls, first: number, pages = 32): Guests {
  return {
    pv: guest(calls, 'pv', first, pages),
    hvm: guest(calls, 'hvm', first + 1, pages),
    pvh: guest(calls, 'pvh', first + 2, pages),
  };
}

export function destroy(calls: Calls, { pv, hvm, pvh }: Guests): void {
  for (const { value } of [pv, hvm, pvh]) {
    calls.domctl('destroydomain', Number(value), { id: `setup.${value}.destroy` });
    calls.script.wait(2);
  }
  calls.script.wait(5); // Xen gives the memory back later
}

/** Everything that getdomaininfo says of a domain. */
export function inform(calls: Calls, domain: number, line: string): void {
  calls.domctl('getdomaininfo', domain, { id: line, kinds: { cpu_time: 'any', shared_info_frame: 'any' } });
}
