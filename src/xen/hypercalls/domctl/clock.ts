import { supported } from '../../call/hypercall.ts';
import { type Layout, operation } from '../../call/operation.ts';
import { errno } from '../../errno.ts';
import { domctlFamily } from './family.ts';

/** TSC_MODE_NEVER_EMULATE, the last one. */
const LAST_MODE = 2;

/** A domain's creation counts as the first. */
const FIRST_INCARNATION = 1;

/** The fields of struct xen_domctl_tsc_info. */
const tscFields = (field: Layout['field']) => ({
  mode: field('tsc_mode'),
  khz: field('gtsc_khz'),
  incarnation: field('incarnation'),
  elapsed: field('elapsed_nsec'),
});

const settscinfo = operation({
  family: domctlFamily,
  name: 'settscinfo',
  status: supported,
  argument: 'tsc_info',
  bind({ field }) {
    const { mode, khz, incarnation, elapsed } = tscFields(field);
    return (request) => {
      const { view, domain, hypervisor } = request;
      if (request.self || mode.get(view) > LAST_MODE) return -errno.EINVAL;
      domain.tsc = {
        mode: mode.get(view),
        khz: khz.get(view) || hypervisor.machine.cpuKhz,
        incarnation: (incarnation.get(view) + 1) >>> 0, // so that the guest notices the change
        elapsedNs: elapsed.get(view),
        since: hypervisor.now(),
      };
      return 0;
    };
  },
});

const gettscinfo = operation({
  family: domctlFamily,
  name: 'gettscinfo',
  status: supported,
  argument: 'tsc_info',
  copies: 'both',
  bind({ field }) {
    const { mode, khz, incarnation, elapsed } = tscFields(field);
    return (request) => {
      if (request.self) return -errno.EINVAL;
      const { view, domain, hypervisor } = request;
      const tsc = domain.tsc;
      const native = tsc?.mode === LAST_MODE;
      mode.set(view, tsc?.mode ?? 0);
      khz.set(view, native ? 0 : (tsc?.khz ?? hypervisor.machine.cpuKhz));
      incarnation.set(view, tsc?.incarnation ?? FIRST_INCARNATION);
      elapsed.set(view, native ? 0 : (tsc?.elapsedNs ?? 0) + hypervisor.now() - (tsc?.since ?? 0));
      return 0;
    };
  },
});

export const clockOperations = [settscinfo, gettscinfo];
