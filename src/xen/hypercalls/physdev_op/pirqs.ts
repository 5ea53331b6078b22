import { behaves } from '../../abi/behaviour.ts';
import type { Struct } from '../../abi/layout.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import type { Call } from '../../call/call.ts';
import { DOMID_SELF, type Domain } from '../../domain/domain.ts';
import { pirqsOf } from '../../domain/event-channels.ts';
import { GSIS, Pirqs } from '../../domain/pirqs.ts';
import { errno } from '../../errno.ts';

// The numbers by which domains know the machine's interrupts.

export const mapPirq = stableLayout(
  'physdev_map_pirq',
  'domid:u16 type:u32 index:u32 pirq:u32 bus:u32 devfn:u32 entry_nr:u32 table_base:u64',
);
export const unmapPirq = stableLayout('physdev_unmap_pirq', 'domid:u16 pirq:u32');

/** MAP_PIRQ_TYPE_*. */
export const mapTypes = { msi: 0, gsi: 1, msiSegment: 3, multiMsi: 4 } as const;
/** Vectors of one device's messages, at most. */
const MAX_MESSAGES = 32;

/** Numbers for a domain's interrupts. */
export function pirqs(domain: Domain): Pirqs {
  domain.pirqs ??= new Pirqs(pirqsOf(domain));
  return domain.pirqs;
}

/** A line gets a number in a domain. Messages need a device that is passed through, which there is none. */
export function performMapPirq(call: Call, view: DataView, address: number): number {
  const field = (name: string) => mapPirq.field(name).get(view);
  const type = field('type');
  if (type === mapTypes.msiSegment) mapPirq.field('type').set(view, mapTypes.msi);
  const result = type === mapTypes.gsi ? mapLine(call, view) : refuseMessage(call, view, type);
  const copied = call.structToGuest(address, view);
  return copied < 0 ? copied : result;
}

function mapLine(call: Call, view: DataView): number {
  const domain = targetDomain(call, view, mapPirq);
  if (typeof domain === 'number') return domain;
  const line = mapPirq.field('index').get(view);
  if (line >= GSIS) return -errno.EINVAL;
  // dom0's lines are its kernel's; the timer's is Xen's.
  if (domain.id === 0) return -errno.EINVAL;
  if (line === 0) return -errno.EPERM;
  const wanted = mapPirq.field('pirq').get(view) | 0;
  const again = behaves(call.hypervisor.abi, 'mappedLineAgain');
  if (!again && wanted < 0 && pirqs(domain).has(line)) return -errno.EPERM;
  const pirq = pirqs(domain).mapLine(line, wanted);
  if (pirq < 0) return pirq;
  mapPirq.field('pirq').set(view, pirq);
  return 0;
}

/** Why a message gets no number, in Xen's order: no such type, a number where Xen chooses it, too many messages, no such interrupt. */
function refuseMessage(call: Call, view: DataView, type: number): number {
  const domain = targetDomain(call, view, mapPirq);
  if (typeof domain === 'number') return domain;
  const field = (name: string) => mapPirq.field(name).get(view);
  if (type === mapTypes.multiMsi) {
    if ((field('pirq') | 0) >= 0) return -errno.EINVAL;
    return field('entry_nr') === 0 || field('entry_nr') > MAX_MESSAGES ? -errno.EDOM : -errno.EINVAL;
  }
  if (type !== mapTypes.msi && type !== mapTypes.msiSegment) return -errno.EINVAL;
  const interrupt = field('index');
  return interrupt >= GSIS && interrupt < pirqsOf(call.domain) ? -errno.EPERM : -errno.EINVAL;
}

export function performUnmapPirq(call: Call, view: DataView): number {
  const domain = targetDomain(call, view, unmapPirq);
  if (typeof domain === 'number') return domain;
  return domain.pirqs?.unmap(unmapPirq.field('pirq').get(view)) ?? -errno.EINVAL;
}

function targetDomain(call: Call, view: DataView, struct: Struct): Domain | number {
  const id = struct.field('domid').get(view);
  return (id === DOMID_SELF ? call.domain : call.hypervisor.domains.get(id)) ?? -errno.ESRCH;
}
