import { behaves } from '../../abi/behaviour.ts';
import { stableLayout } from '../../abi/stable-layout.ts';
import { operation } from '../../call/operation.ts';
import type { OperationRequest } from '../../call/operation-request.ts';
import { DOMID_SELF, type Domain } from '../../domain/domain.ts';
import { GSIS, Pirqs } from '../../domain/pirqs.ts';
import { pirqsOf } from '../../domain/pirqs-of.ts';
import { errno } from '../../errno.ts';
import { noDevices, physdevFamily } from './family.ts';

// The numbers by which domains know the machine's interrupts.

/** MAP_PIRQ_TYPE_*. */
const mapTypes = { msi: 0, gsi: 1, msiSegment: 3, multiMsi: 4 } as const;
/** Vectors of one device's messages, at most. */
const MAX_MESSAGES = 32;

/** Numbers for a domain's interrupts. */
function pirqs(domain: Domain): Pirqs {
  domain.pirqs ??= new Pirqs(pirqsOf(domain), domain.id === 0);
  return domain.pirqs;
}

function targetDomain({ hypervisor, caller }: OperationRequest, id: number): Domain | undefined {
  return id === DOMID_SELF ? caller : hypervisor.domains.get(id);
}

/** An unprivileged HVM guest has emulated lines to map; a PV guest none (recorded from a PV guest of a real 4.17). */
const mayMap = (caller: Domain): boolean => caller.privileged || caller.isHvm;

/** Gives a line a number in a domain. Message-signalled interrupts need a passed-through device, and there is none. */
const mapPirq = operation({
  family: physdevFamily,
  name: 'map_pirq',
  status: noDevices,
  forHvm: true,
  argument: stableLayout(
    'physdev_map_pirq',
    'domid:u16 type:u32 index:u32 pirq:u32 bus:u32 devfn:u32 entry_nr:u32 table_base:u64',
  ),
  copies: 'always',
  bind({ abi, field }) {
    const [domid, type, index, pirq] = [field('domid'), field('type'), field('index'), field('pirq')];
    const count = field('entry_nr');
    const again = behaves(abi, 'mappedLineAgain');

    const mapLine = (caller: Domain, domain: Domain, view: DataView): number => {
      const line = index.get(view);
      if (line >= GSIS) return -errno.EINVAL;
      // The timer's belongs to Xen. A line that dom0 has unmapped has no owner any more (tried on 4.20.4).
      if (line === 0 || pirqs(caller).hasGivenUp(line)) return -errno.EPERM;
      const wanted = pirq.get(view) | 0;
      if (!again && wanted < 0 && pirqs(domain).has(line)) return -errno.EPERM;
      const got = pirqs(domain).mapLine(line, wanted);
      if (got < 0) return got;
      pirq.set(view, got);
      return 0;
    };

    /**
     * Why a message-signalled interrupt gets no number, in Xen's order: unknown type, a number that the domain cannot have, too many
     * messages, no such interrupt. With a number of the domain's, messages are not counted (physdev.map_pirq.random22 on all three).
     */
    const refuseMessage = (caller: Domain, domain: Domain, view: DataView, kind: number): number => {
      if (kind === mapTypes.multiMsi) {
        const wanted = pirq.get(view) | 0;
        if (wanted >= pirqsOf(domain)) return -errno.EINVAL;
        if (wanted >= 0) return pirqs(domain).isLine(wanted) ? 0 : -errno.ENODEV;
        if (count.get(view) === 0 || count.get(view) > MAX_MESSAGES) return -errno.EDOM;
        return count.get(view) === 1 ? -errno.ENODEV : -errno.EOPNOTSUPP;
      }
      if (kind !== mapTypes.msi && kind !== mapTypes.msiSegment) return -errno.EINVAL;
      const interrupt = index.get(view);
      return interrupt >= GSIS && interrupt < pirqsOf(caller) ? -errno.EPERM : -errno.EINVAL;
    };

    return (request) => {
      const { caller, view } = request;
      const kind = type.get(view);
      if (kind === mapTypes.msiSegment) type.set(view, mapTypes.msi);
      const domain = targetDomain(request, domid.get(view));
      if (domain === undefined) return -errno.ESRCH;
      if (!mayMap(caller)) return -errno.EPERM;
      return kind === mapTypes.gsi ? mapLine(caller, domain, view) : refuseMessage(caller, domain, view, kind);
    };
  },
});

const unmapPirq = operation({
  family: physdevFamily,
  name: 'unmap_pirq',
  status: noDevices,
  forHvm: true,
  argument: stableLayout('physdev_unmap_pirq', 'domid:u16 pirq:u32'),
  bind({ field }) {
    const [domid, pirq] = [field('domid'), field('pirq')];
    return (request) => {
      const domain = targetDomain(request, domid.get(request.view));
      if (domain === undefined) return -errno.ESRCH;
      if (!mayMap(request.caller)) return -errno.EPERM;
      return domain.pirqs?.unmap(pirq.get(request.view)) ?? -errno.EINVAL;
    };
  },
});

const getFreePirq = operation({
  family: physdevFamily,
  name: 'get_free_pirq',
  status: noDevices,
  forHvm: true,
  argument: stableLayout('physdev_get_free_pirq', 'type:u32 pirq:u32'),
  copies: 'both',
  bind({ field }) {
    const [type, pirq] = [field('type'), field('pirq')];
    return ({ caller, view }) => {
      const reserved = pirqs(caller).reserve(type.get(view) === mapTypes.gsi);
      if (reserved < 0) return reserved;
      pirq.set(view, reserved);
      return 0;
    };
  },
});

export const pirqOperations = [mapPirq, unmapPirq, getFreePirq];
