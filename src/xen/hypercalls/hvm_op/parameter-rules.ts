import type { Domain } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import { createFlags } from '../domctl/createdomain.ts';

/** HVM_PARAM_* (xen/hvm/params.h) that have rules of their own. */
const p = {
  callbackIrq: 0,
  storePfn: 1,
  storeEvtchn: 2,
  paeEnabled: 4,
  ioreqPfn: 5,
  bufioreqPfn: 6,
  viridian: 9,
  timerMode: 10,
  dmDomain: 13,
  acpiSState: 14,
  vm86Tss: 15,
  consolePfn: 17,
  consoleEvtchn: 18,
  acpiIoportsLocation: 19,
  nestedHvm: 24,
  bufioreqEvtchn: 26,
  tripleFaultReason: 31,
  ioreqServerPfn: 32,
  nrIoreqServerPages: 33,
  vmGenerationId: 34,
  altp2m: 35,
  x87FipWidth: 36,
  vm86TssSized: 37,
  mcaCap: 38,
} as const;

const guestSets: ReadonlySet<number> = new Set([
  p.callbackIrq,
  p.vm86Tss,
  p.vm86TssSized,
  p.acpiIoportsLocation,
  p.vmGenerationId,
  p.storeEvtchn,
  p.consoleEvtchn,
  p.x87FipWidth,
]);
const guestGets: ReadonlySet<number> = new Set([
  p.callbackIrq,
  p.storePfn,
  p.storeEvtchn,
  p.consolePfn,
  p.consoleEvtchn,
  p.altp2m,
  p.x87FipWidth,
]);
const deprecated: ReadonlySet<number> = new Set([p.paeEnabled, p.dmDomain, p.bufioreqEvtchn]);
/** Another value than the first is refused. */
const once: ReadonlySet<number> = new Set([
  p.viridian,
  p.ioreqPfn,
  p.bufioreqPfn,
  p.ioreqServerPfn,
  p.nrIoreqServerPages,
  p.altp2m,
  p.mcaCap,
]);

/** The largest value, where there is one. */
const largest: ReadonlyMap<number, bigint> = new Map([
  [p.timerMode, 3n],
  [p.nestedHvm, 1n],
  [p.tripleFaultReason, 5n],
  [p.nrIoreqServerPages, 64n],
  [p.altp2m, 3n],
  [p.mcaCap, 1n],
]);

/** Whether `caller` may read a parameter of `domain`: 0 or -errno. */
export function mayGetParameter(caller: Domain, domain: Domain, index: number): number {
  if (guestGets.has(index)) return 0;
  if (deprecated.has(index)) return -errno.ENODATA;
  return caller === domain ? -errno.EPERM : 0;
}

/** Whether `caller` may set a parameter of `domain` that is `before` now: 0 or -errno. Who, whether again, and the value, in this order. */
export function maySetParameter(caller: Domain, domain: Domain, index: number, value: bigint, before: bigint): number {
  if (deprecated.has(index) || (caller === domain && !guestSets.has(index))) return -errno.EPERM;
  if (once.has(index) && before !== 0n && value !== before) return -errno.EEXIST;
  if (value > (largest.get(index) ?? value)) return -errno.EINVAL;
  switch (index) {
    case p.viridian: // everything else needs the basic set
      return value !== 0n && (value & 1n) === 0n ? -errno.EINVAL : 0;
    case p.acpiSState:
      return value === 0n || value === 3n ? 0 : -errno.EINVAL;
    case p.nestedHvm:
      return value === 1n && (domain.createFlags & createFlags.nestedVirt) === 0 ? -errno.EINVAL : 0;
    case p.nrIoreqServerPages:
      return value === 0n ? -errno.EINVAL : 0;
    case p.x87FipWidth:
      return value === 0n || value === 4n || value === 8n ? 0 : -errno.EINVAL;
    default:
      return 0;
  }
}
