import type { Abi } from '../../abi/abi.ts';
import { behaves } from '../../abi/behaviour.ts';
import { partial } from '../../call/hypercall.ts';
import { operation } from '../../call/operation.ts';
import { XENLOG_ERR, XENLOG_GUEST } from '../../console/console.ts';
import { DOMID_ANY, DOMID_FIRST_RESERVED } from '../../domain/domain.ts';
import { addDomain } from '../../domain/lifecycle.ts';
import { errno } from '../../errno.ts';
import type { Hypervisor } from '../../hypervisor.ts';
import { PAGE_SIZE } from '../../memory/heap.ts';
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

/** XEN_DOMCTL_createdomain: creates a paused, empty domain; with `domain` 0 Xen chooses the id. */
const createdomain = operation({
  family: domctlFamily,
  name: 'createdomain',
  status: partial('passthrough and vPMU are refused, and on AMD vmtrace, as on a machine without them'),
  target: 'none',
  argument: 'createdomain',
  copies: 'both',
  bind({ abi, field, optional, struct }) {
    const given = (name: string) => {
      const found = optional(name);
      return (view: DataView, absent: number) => found?.get(view) ?? absent;
    };
    const id = struct.field('domain');
    const handle = field('handle');
    const flagsField = field('flags');
    const iommuOptions = given('iommu_opts');
    const maxVcpus = given('max_vcpus');
    const maxPort = given('max_evtchn_port');
    const grantFrames = given('max_grant_frames');
    const maptrackFrames = given('max_maptrack_frames');
    const grantOptions = given('grant_opts');
    const vmtrace = given('vmtrace_size');
    const altp2m = given('altp2m_opts');
    const pool = given('cpupool_id');
    const emulation = given('arch.emulation_flags');
    const misc = given('arch.misc_flags');

    const onlyAny = behaves(abi, 'onlyDomidAnyChooses');
    return (request) => {
      const { view, hypervisor, bytes } = request;
      let chosen = id.get(view);
      const fixed = chosen < DOMID_FIRST_RESERVED && (chosen > 0 || onlyAny);
      if (onlyAny && !fixed && chosen !== DOMID_ANY) return -errno.EINVAL;
      if (fixed) {
        if (hypervisor.domains.has(chosen)) return -errno.EEXIST;
      } else {
        const free = hypervisor.domains.allocate();
        if (free === undefined) return -errno.ENOMEM;
        chosen = free;
      }

      // A release build of Xen does not print which of these it was.
      const flags = flagsField.get(view);
      const hvm = (flags & createFlags.hvm) !== 0;
      const hap = (flags & createFlags.hap) !== 0;
      const grant = grantOptions(view, MAX_GRANT_VERSION);
      const vcpus = maxVcpus(view, 1);
      const miscFlags = misc(view, 0);
      if ((flags & ~KNOWN_FLAGS) !== 0 || (grant & ~GRANT_VERSION_MASK) !== 0) return -errno.EINVAL;
      if (vcpus < 1 || vcpus > (hvm ? MAX_HVM_VCPUS : MAX_PV_VCPUS)) return -errno.EINVAL;
      if (hap && !hvm) return -errno.EINVAL;
      const unavailable = behaves(hypervisor.abi, 's3IntegrityFlag')
        ? UNAVAILABLE & ~createFlags.s3Integrity
        : UNAVAILABLE;
      if ((flags & unavailable) !== 0 || iommuOptions(view, 0) !== 0) return -errno.EINVAL;
      if (altp2m(view, 0) > (hvm ? LAST_ALTP2M_MODE : 0)) return -errno.EINVAL;
      const traceBytes = vmtrace(view, 0);
      if (traceBytes !== 0 && !(hypervisor.machine.vendor === 'intel' && hvm && isTraceSize(traceBytes)))
        return -errno.EINVAL;
      if ((flags & createFlags.nestedVirt) !== 0 && !hap) return -errno.EINVAL;
      if ((miscFlags & ~AVAILABLE_MISC_FLAGS) !== 0) return -errno.EINVAL;

      const emulationFlags = emulation(view, 0);
      if ((emulationFlags & ~EMU_ALL) !== 0) {
        hypervisor.console.printk(
          `${XENLOG_GUEST}${XENLOG_ERR}d${chosen}: Invalid emulation bitmap: ${hex(emulationFlags)}\n`,
        );
        return -errno.EINVAL;
      }
      if (!emulationAllowed(hypervisor.abi, hvm, emulationFlags)) {
        hypervisor.console.printk(
          `${XENLOG_GUEST}${XENLOG_ERR}d${chosen}: Xen does not allow ${hvm ? 'HVM' : 'PV'} domain creation with the current selection of emulators: ${hex(emulationFlags)}\n`,
        );
        return -errno.EOPNOTSUPP;
      }
      // The machine has HAP, and its Xen was built without shadow paging.
      if (hvm && !hap && !behaves(hypervisor.abi, 'shadowPaging')) return -errno.EOPNOTSUPP;
      if (grant === 0 || grant > MAX_GRANT_VERSION) return -errno.EINVAL;
      const granted = frames(hypervisor, grantFrames(view, -1), 'gnttab_max_frames', DEFAULT_GRANT_FRAMES);
      const asked = maptrackFrames(view, -1);
      const tracked = frames(hypervisor, asked, 'gnttab_max_maptrack_frames', DEFAULT_MAPTRACK_FRAMES);
      if (granted === undefined || granted < 1 || tracked === undefined) return -errno.EINVAL;
      const poolId = pool(view, 0);
      const cpupool = hypervisor.pools.get(poolId);
      if (cpupool === undefined) return -errno.ESRCH;
      if (cpupool.cpus.length === 0) return -errno.ENODEV;

      const type = !hvm ? 'pv' : emulationFlags === EMU_LAPIC ? 'pvh' : 'hvm';
      const domain = addDomain(hypervisor, { id: chosen, type, pool: cpupool });
      domain.handle = bytes.slice(handle.offset, handle.offset + 16);
      domain.createFlags = flags;
      domain.maxVcpus = vcpus;
      domain.memory.vmtracePages = traceBytes / PAGE_SIZE;
      domain.emulationFlags = emulationFlags;
      domain.maxEventChannelPort = Math.min(maxPort(view, 0x7fffffff), 0x7fffffff);
      domain.maxGrantFrames = granted;
      domain.maxMaptrackFrames = tracked;
      domain.maxGrantVersion = grant;
      id.set(view, chosen);
      // A PV domain has no out-of-sync shadow pages: the caller gets an error.
      if (!hvm) flagsField.set(view, flags | createFlags.oosOff);
      return 0;
    };
  },
});

export const createdomainOperations = [createdomain];
