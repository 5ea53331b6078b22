import { supported } from '../../call/hypercall.ts';
import { errno } from '../../errno.ts';
import { operation } from './operation.ts';

/** TSC_MODE_NEVER_EMULATE, the last one. */
const LAST_MODE = 2;

export const settscinfo = operation('settscinfo', supported, (struct) => {
  const mode = struct.field('u.tsc_info.tsc_mode');
  const khz = struct.field('u.tsc_info.gtsc_khz');
  const incarnation = struct.field('u.tsc_info.incarnation');
  const elapsed = struct.field('u.tsc_info.elapsed_nsec');
  return (request) => {
    const { view, domain, hypervisor } = request;
    if (request.self || mode.get(view) > LAST_MODE) return -errno.EINVAL;
    domain.tsc = {
      mode: mode.get(view),
      khz: khz.get(view) || hypervisor.machine.cpuKhz,
      incarnation: incarnation.get(view),
      elapsedNs: elapsed.get(view),
      since: hypervisor.now(),
    };
    return 0;
  };
});

export const gettscinfo = operation('gettscinfo', supported, (struct) => {
  const mode = struct.field('u.tsc_info.tsc_mode');
  const khz = struct.field('u.tsc_info.gtsc_khz');
  const incarnation = struct.field('u.tsc_info.incarnation');
  const elapsed = struct.field('u.tsc_info.elapsed_nsec');
  return (request) => {
    if (request.self) return -errno.EINVAL;
    const { view, domain, hypervisor } = request;
    const tsc = domain.tsc;
    const native = tsc?.mode === LAST_MODE;
    mode.set(view, tsc?.mode ?? 0);
    khz.set(view, native ? 0 : (tsc?.khz ?? hypervisor.machine.cpuKhz));
    incarnation.set(view, tsc?.incarnation ?? 0);
    elapsed.set(view, native ? 0 : (tsc?.elapsedNs ?? 0) + hypervisor.now() - (tsc?.since ?? 0));
    request.copyBack = true;
    return 0;
  };
});
