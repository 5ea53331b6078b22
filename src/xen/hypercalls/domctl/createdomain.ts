import type { Abi } from '../../abi/abi.ts';
import { behaves } from '../../abi/behaviour.ts';
import { partial } from '../../call/hypercall.ts';
import { type Layout, operation } from '../../call/operation.ts';
import { XENLOG_ERR, XENLOG_GUEST } from '../../console/console.ts';
import { DOMID_ANY, DOMID_FIRST_RESERVED, type GuestType } from '../../domain/domain.ts';
import { addDomain } from '../../domain/lifecycle.ts';
import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';
import { PAGE_SIZE } from '../../memory/heap.ts';
import { ALTP2M_PARAMETER } from '../hvm_op/parameter-rules.ts';
import { domctlFamily } from './family.ts';

/** XEN_DOMCTL_CDF_* (domctl.h). */
export const createFlags = {
  hvm: 1,
  hap: 2,
  s3Integrity: 4,
  oosOff: 8,
  xenstore: 0x10,
  iommu: 0x20,
  nestedVirt: 0x40,
  vpmu: 0x80,
} as const;
const KNOWN_FLAGS = 0xff;
const GRANT_VERSION_MASK = 0xf;
const MAX_GRANT_VERSION = 2;
const MAX_PV_VCPUS = 8192;
const MAX_HVM_VCPUS = 128;
/** Relaxed MSRs; the assisted xAPIC and x2APIC are Intel's. */
const AVAILABLE_MISC_FLAGS = 1;
/** An IOMMU, a vPMU, tboot. */
const UNAVAILABLE = createFlags.iommu | createFlags.vpmu | createFlags.s3Integrity;

const EMU_LAPIC = 1;
const EMU_PIT = 0x100;
const EMU_USE_PIRQ = 0x200;
const EMU_VPCI = 0x400;
const EMU_ALL = 0x7ff;

/** XEN_DOMCTL_ALTP2M_limited. */
const LAST_ALTP2M_MODE = 3;

const MAX_TRACE_BYTES = 64 * 2 ** 20;

const DEFAULT_GRANT_FRAMES = 64;
const DEFAULT_MAPTRACK_FRAMES = 1024;

/** A number of frames as the caller gave it: a negative one is Xen's default. Undefined if there are too many. */
function frames(hypervisor: Hypervisor, asked: number, option: string, usual: number): number | undefined {
  const limit = Number.parseInt(hypervisor.commandLine.options.get(option) ?? '', 10) || usual;
  if ((asked | 0) < 0) return limit;
  return asked > limit && !behaves(hypervisor.abi, 'unlimitedGrantFrames') ? undefined : asked;
}

/** Processor Trace buffers are a power of two from a page to 64 MiB. */
function isTraceSize(bytes: number): boolean {
  return bytes >= PAGE_SIZE && bytes <= MAX_TRACE_BYTES && Number.isInteger(Math.log2(bytes));
}

/** As C's %#x, which prints zero without a prefix. */
const hex = (value: number): string => (value === 0 ? '0' : `0x${value.toString(16)}`);

function emulationAllowed(abi: Abi, hvm: boolean, flags: number): boolean {
  const optional = behaves(abi, 'pirqsOptional') ? flags | EMU_USE_PIRQ : flags;
  if (hvm) return optional === (EMU_ALL & ~EMU_VPCI) || flags === EMU_LAPIC;
  return flags === 0 || flags === EMU_PIT;
}

/** Reads the struct of a release. A field that it lacks has the value with which Xen then creates domains. */
function reader({ field, optional, struct }: Layout) {
  const given = (name: string, absent: number) => {
    const found = optional(name);
    return (view: DataView) => found?.get(view) ?? absent;
  };
  const id = struct.field('domain');
  const handle = field('handle');
  const flagsField = field('flags');
  const iommuOptions = given('iommu_opts', 0);
  const maxVcpus = given('max_vcpus', 1);
  const maxPort = given('max_evtchn_port', 0x7fffffff);
  const grantFrames = given('max_grant_frames', -1);
  const maptrackFrames = given('max_maptrack_frames', -1);
  const grantOptions = given('grant_opts', MAX_GRANT_VERSION);
  const vmtrace = given('vmtrace_size', 0);
  const altp2m = given('altp2m_opts', 0);
  const pool = given('cpupool_id', 0);
  const emulation = given('arch.emulation_flags', 0);
  const misc = given('arch.misc_flags', 0);
  const read = (view: DataView, bytes: Uint8Array) => {
    const flags = flagsField.get(view);
    return {
      id: id.get(view),
      handle: bytes.slice(handle.offset, handle.offset + 16),
      flags,
      hvm: (flags & createFlags.hvm) !== 0,
      hap: (flags & createFlags.hap) !== 0,
      iommuOptions: iommuOptions(view),
      vcpus: maxVcpus(view),
      maxPort: maxPort(view),
      grantFrames: grantFrames(view),
      maptrackFrames: maptrackFrames(view),
      grantVersion: grantOptions(view),
      traceBytes: vmtrace(view),
      altp2m: altp2m(view),
      pool: pool(view),
      emulationFlags: emulation(view),
      miscFlags: misc(view),
    };
  };
  return { read, id, flags: flagsField };
}

type Wanted = ReturnType<ReturnType<typeof reader>['read']>;

/** The id of the new domain: the given one, or a free one; or -errno. */
function chosenId(given: number, { domains, abi }: Hypervisor): number {
  const onlyAny = behaves(abi, 'onlyDomidAnyChooses');
  const fixed = given < DOMID_FIRST_RESERVED && (given > 0 || onlyAny);
  if (fixed) return domains.has(given) ? -errno.EEXIST : given;
  if (onlyAny && given !== DOMID_ANY) return -errno.EINVAL;
  return domains.allocate() ?? -errno.ENOMEM;
}

/** Whether Xen refuses these settings with EINVAL. A release build of Xen does not print which setting is wrong. */
function isInvalid(wanted: Wanted, { abi, machine }: Hypervisor): boolean {
  const { flags, hvm, hap, vcpus, traceBytes } = wanted;
  const unavailable = behaves(abi, 's3IntegrityFlag') ? UNAVAILABLE & ~createFlags.s3Integrity : UNAVAILABLE;
  return (
    (flags & ~KNOWN_FLAGS) !== 0 ||
    (wanted.grantVersion & ~GRANT_VERSION_MASK) !== 0 ||
    vcpus < 1 ||
    vcpus > (hvm ? MAX_HVM_VCPUS : MAX_PV_VCPUS) ||
    (hap && !hvm) ||
    (flags & unavailable) !== 0 ||
    wanted.iommuOptions !== 0 ||
    wanted.altp2m > (hvm ? LAST_ALTP2M_MODE : 0) ||
    (traceBytes !== 0 && !(machine.vendor === 'intel' && hvm && isTraceSize(traceBytes))) ||
    ((flags & createFlags.nestedVirt) !== 0 && !hap) ||
    (wanted.miscFlags & ~AVAILABLE_MISC_FLAGS) !== 0
  );
}

/** Xen's checks of the emulated devices: 0 or -errno, and a message. */
function checkEmulation({ hvm, emulationFlags: flags }: Wanted, id: number, { abi, console }: Hypervisor): number {
  const refuse = (message: string): void => console.printk(`${XENLOG_GUEST}${XENLOG_ERR}d${id}: ${message}\n`);
  if ((flags & ~EMU_ALL) !== 0) {
    refuse(`Invalid emulation bitmap: ${hex(flags)}`);
    return -errno.EINVAL;
  }
  if (emulationAllowed(abi, hvm, flags)) return 0;
  const kind = hvm ? 'HVM' : 'PV';
  refuse(`Xen does not allow ${kind} domain creation with the current selection of emulators: ${hex(flags)}`);
  return -errno.EOPNOTSUPP;
}

function typeOf({ hvm, emulationFlags }: Wanted): GuestType {
  if (!hvm) return 'pv';
  return emulationFlags === EMU_LAPIC ? 'pvh' : 'hvm';
}

/** XEN_DOMCTL_createdomain: creates a paused, empty domain; with `domain` 0 Xen chooses the id. */
const createdomain = operation({
  family: domctlFamily,
  name: 'createdomain',
  status: partial('passthrough and vPMU are refused, and on AMD vmtrace, as on a machine without them'),
  target: 'none',
  argument: 'createdomain',
  copies: 'both',
  bind(layout) {
    const fields = reader(layout);
    return ({ view, hypervisor, bytes }) => {
      const wanted = fields.read(view, bytes);
      const { hvm, grantVersion } = wanted;
      const id = chosenId(wanted.id, hypervisor);
      if (id < 0) return id;
      if (isInvalid(wanted, hypervisor)) return -errno.EINVAL;
      const refused = checkEmulation(wanted, id, hypervisor);
      if (refused !== 0) return refused;
      // The machine has HAP, and its Xen was built without shadow paging.
      if (hvm && !wanted.hap && !behaves(hypervisor.abi, 'shadowPaging')) return -errno.EOPNOTSUPP;
      if (grantVersion === 0 || grantVersion > MAX_GRANT_VERSION) return -errno.EINVAL;
      const granted = frames(hypervisor, wanted.grantFrames, 'gnttab_max_frames', DEFAULT_GRANT_FRAMES);
      const limit = 'gnttab_max_maptrack_frames';
      const tracked = frames(hypervisor, wanted.maptrackFrames, limit, DEFAULT_MAPTRACK_FRAMES);
      if (granted === undefined || granted < 1 || tracked === undefined) return -errno.EINVAL;
      const pool = hypervisor.pools.get(wanted.pool);
      if (pool === undefined) return -errno.ESRCH;
      if (pool.cpus.length === 0) return -errno.ENODEV;

      const domain = addDomain(hypervisor, { id, type: typeOf(wanted), pool });
      domain.handle = wanted.handle;
      domain.createFlags = wanted.flags;
      if (wanted.altp2m > 0) domain.hvmParameters.set(ALTP2M_PARAMETER, BigInt(wanted.altp2m));
      domain.maxVcpus = wanted.vcpus;
      domain.memory.vmtracePages = wanted.traceBytes / PAGE_SIZE;
      domain.emulationFlags = wanted.emulationFlags;
      domain.maxEventChannelPort = Math.min(wanted.maxPort, 0x7fffffff);
      domain.maxGrantFrames = granted;
      domain.maxMaptrackFrames = tracked;
      domain.maxGrantVersion = grantVersion;
      fields.id.set(view, id);
      // A PV domain has no out-of-sync shadow pages: the caller gets an error.
      if (!hvm) fields.flags.set(view, wanted.flags | createFlags.oosOff);
      return 0;
    };
  },
});

export const createdomainOperations = [createdomain];
