import { behaves } from '../../abi/behaviour.ts';
import { parseBoolean } from '../../console/command-line.ts';
import type { Domain } from '../../domain/domain.ts';
import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';

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
  hpetEnabled: 11,
  dmDomain: 13,
  acpiSState: 14,
  vm86Tss: 15,
  consolePfn: 17,
  consoleEvtchn: 18,
  acpiIoportsLocation: 19,
  memoryEventCr0: 20,
  memoryEventCr3: 21,
  memoryEventCr4: 22,
  memoryEventInt3: 23,
  nestedHvm: 24,
  memoryEventSingleStep: 25,
  bufioreqEvtchn: 26,
  memoryEventMsr: 30,
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
/** No longer parameters: for a guest, reading is ENODATA and setting is EPERM; for dom0 both are EINVAL. */
const deprecated: ReadonlySet<number> = new Set([p.paeEnabled, p.dmDomain, p.bufioreqEvtchn]);
const gone: ReadonlySet<number> = new Set([
  ...deprecated,
  p.memoryEventCr0,
  p.memoryEventCr3,
  p.memoryEventCr4,
  p.memoryEventInt3,
  p.memoryEventSingleStep,
  p.memoryEventMsr,
]);
/** A value different from the first is refused. */
const once: ReadonlySet<number> = new Set([
  p.viridian,
  p.ioreqPfn,
  p.bufioreqPfn,
  p.ioreqServerPfn,
  p.nrIoreqServerPages,
  p.altp2m,
  p.mcaCap,
]);

/** The largest value, if it is limited. */
const largest: ReadonlyMap<number, bigint> = new Map([
  [p.timerMode, 3n],
  [p.vm86Tss, 0xffffffffn],
  [p.acpiIoportsLocation, 1n],
  [p.nestedHvm, 1n],
  [p.tripleFaultReason, 5n],
  [p.nrIoreqServerPages, 64n],
  [p.altp2m, 3n],
]);

/** Bytes of a 32-bit task state segment, and of the largest with its interrupt and I/O bitmaps: HVM_PARAM_VM86_TSS_SIZED's upper half. */
const TSS_BYTES = 104n;
const LARGEST_TSS_BYTES = TSS_BYTES + 0x100n / 8n + 0x10000n / 8n + 1n;
/** The size of the segment that HVM_PARAM_VM86_TSS names, which has no field for it. */
const DEFAULT_TSS_BYTES = 128n;

/** HVM_PARAM_ALTP2M */
export const ALTP2M_PARAMETER = p.altp2m;

/** Whether the machine supports altp2m, and Xen's command line turns it on. */
export const hasAlternateViews = ({ machine, commandLine }: Hypervisor): boolean =>
  machine.vendor === 'intel' && parseBoolean(commandLine.options.get('altp2m') ?? 'no') === true;

/** XEN_DOMCTL_CDF_hap */
const hasHap = ({ createFlags }: Domain): boolean => (createFlags & 2) !== 0;

function isGone(hypervisor: Hypervisor, index: number): boolean {
  return gone.has(index) || (index === p.nestedHvm && !behaves(hypervisor.abi, 'nestedHvmParameter'));
}

/** The value of a parameter; one that was never set has Xen's default. */
export function parameterOf(domain: Domain, index: number): bigint {
  const isOne = index === p.tripleFaultReason || (index === p.hpetEnabled && domain.type === 'hvm');
  return domain.hvmParameters.get(index) ?? (isOne ? 1n : 0n);
}

/** Stores a value as Xen keeps it. */
export function storeParameter(domain: Domain, index: number, value: bigint): void {
  const { hvmParameters } = domain;
  if (index === p.vm86TssSized) {
    const size = value >> 32n;
    const kept = size > LARGEST_TSS_BYTES ? LARGEST_TSS_BYTES : size;
    hvmParameters.set(index, (kept << 32n) | (value & 0xffffffffn));
    return;
  }
  hvmParameters.set(index, value);
  if (index === p.vm86Tss) hvmParameters.set(p.vm86TssSized, (DEFAULT_TSS_BYTES << 32n) | value);
}

/** Whether `caller` may read a parameter of `domain`: 0 or -errno. */
export function mayGetParameter(hypervisor: Hypervisor, caller: Domain, domain: Domain, index: number): number {
  if (guestGets.has(index)) return 0;
  if (caller === domain) return deprecated.has(index) ? -errno.ENODATA : -errno.EPERM;
  return isGone(hypervisor, index) ? -errno.EINVAL : 0;
}

/** Whether `caller` may set a parameter of `domain`: 0 or -errno. Checks the caller, then whether it is set already, then the value. */
export function maySetParameter(
  hypervisor: Hypervisor,
  caller: Domain,
  domain: Domain,
  index: number,
  value: bigint,
): number {
  if (caller === domain && !guestSets.has(index)) return -errno.EPERM;
  if (isGone(hypervisor, index)) return -errno.EINVAL;
  if (index === p.altp2m && behaves(hypervisor.abi, 'altp2mParameterFixed')) return -errno.EEXIST;
  if (index === p.acpiIoportsLocation && domain.type === 'pvh') return -errno.ENODEV;
  const before = parameterOf(domain, index);
  if (once.has(index) && before !== 0n && value !== before) return -errno.EEXIST;
  if (value > (largest.get(index) ?? value)) return -errno.EINVAL;
  switch (index) {
    case p.viridian: // everything else needs the basic set
      return (value & 1n) === 0n ? -errno.EINVAL : 0;
    case p.acpiSState:
      return value === 0n || value === 3n ? 0 : -errno.EINVAL;
    case p.nrIoreqServerPages:
      return value === 0n ? -errno.EINVAL : 0;
    case p.altp2m: // not with nested virtualization, which is a parameter until 4.14
      return value !== 0n && parameterOf(domain, p.nestedHvm) !== 0n ? -errno.EINVAL : 0;
    case p.nestedHvm:
      return value !== 0n && (parameterOf(domain, p.altp2m) !== 0n || !hasHap(domain)) ? -errno.EINVAL : 0;
    case p.x87FipWidth:
      return value === 0n || value === 4n || value === 8n ? 0 : -errno.EINVAL;
    case p.vm86TssSized:
      return value >> 32n < TSS_BYTES ? -errno.EINVAL : 0;
    case p.mcaCap: // local machine check exceptions, which only Intel CPUs have
      return value === 0n || (value === 1n && hypervisor.machine.vendor === 'intel') ? 0 : -errno.EINVAL;
    default:
      return 0;
  }
}
