import type { Abi } from './abi.ts';
import { deviceBehaviour } from './device-behaviour.ts';
import { type Span, unrecordedBehaviour } from './unrecorded-behaviour.ts';

/**
 * Differences between releases that no header shows, besides those of device-behaviour.ts and unrecorded-behaviour.ts. Each is proven by
 * answers of real Xens (4.14.6, 4.17.7, 4.20.4; the names are those of the probe's lines); between two recorded releases, Xen's history
 * gives the release of the change.
 */
const recorded = {
  /** HVM_PARAM_NESTEDHVM is a parameter; later a flag of createdomain. hvm.param.*.24: 0 on 4.14.6, EINVAL on 4.17.7. */
  nestedHvmParameter: { until: [4, 15] },
  /** It is a flag of createdomain, and the parameter is fixed. hvm.param.*.35: EEXIST on 4.20.4. */
  altp2mParameterFixed: { since: [4, 20] },
  /** Guests with shadow page tables: a build option since. create.247: EOPNOTSUPP on 4.17.7, 0 on 4.14.6. */
  shadowPaging: { until: [4, 16] },
  /**
   * On a machine without an IOMMU, a domctl that does not exist or is not built in is EOPNOTSUPP. domctl2.cmd*: EOPNOTSUPP on 4.14.6,
   * ENOSYS later.
   */
  unknownDomctlWithoutIommu: { until: [4, 17] },
  /** VM_EVENT_INTERFACE_VERSION 7. domctl2.vm_event_op.base: version 6 on 4.14.6. */
  vmEventVersion7: { since: [4, 15] },
  /** The monitor's vmexit events. domctl2.monitor_op.base: bit 12 is clear on 4.14.6. */
  monitorVmexit: { since: [4, 17] },
  /** The monitor's I/O events. domctl2.monitor_op.base: bit 13 is set on 4.20.4. */
  monitorIo: { since: [4, 18] },
  /** createdomain takes tboot's flag without tboot. create.3: 0 on 4.14.6, EINVAL later. */
  s3IntegrityFlag: { until: [4, 15] },
  /** createdomain takes more grant frames than the command line allows. create.34: 0 on 4.20.4. */
  unlimitedGrantFrames: { since: [4, 20] },
  /** dm_op without buffers is ENODATA; before, the missing struct is EFAULT. dm.nrbufs.nr.1: EFAULT on 4.14.6. */
  dmOpWithoutBuffers: { since: [4, 15] },
  /** dm_op modified_memory demands its second buffer; before, only while changes are logged. dm.modified_memory.base: 0 on 4.14.6. */
  modifiedMemoryData: { since: [4, 15] },
  /** A range of frames that wraps is EOVERFLOW, an empty one beyond a guest's frames EINVAL. dm.relocate_memory.src_gfn: EINVAL on 4.14.6. */
  frameRangeChecked: { since: [4, 15] },
  /** Moving a guest frame that shows no page is EACCES. dm.relocate_memory.dst_gfn.1: EACCES on 4.20.4, EINVAL on 4.17.7. */
  missingFrameAccess: { since: [4, 18] },
  /** An ioreq server gets HVM_PARAM_IOREQ_PFN's frame only if that was set. dm.get_ioreq_server_info.flags: ENOMEM on 4.20.4. */
  ioreqFrameSet: { since: [4, 18] },
  /** The machine-to-phys table of 32-bit PV guests can be asked for. memory.machphys_compat_mfn_list: 0 on 4.14.6, EOPNOTSUPP later. */
  compatMachphysList: { until: [4, 15] },
  /** acquire_resource returns at most 32 frames (E2BIG), and none if none is requested. memory.acquire_resource.nr_frames on 4.14.6. */
  smallResources: { until: [4, 15] },
  /** get_status_frames checks the list's address first. grants.get_status_frames.frame_list.xen: EFAULT on 4.17.7, not on 4.14.6. */
  statusFrameListChecked: { since: [4, 15] },
  /** getvcpuaffinity of both maps, if the hard one cannot be written: 0 on 4.14.6 and 4.17.7, EFAULT on 4.20.4. */
  affinityFailureKept: { since: [4, 18] },
  /** poll accepts unbound ports. sched.poll.nr_ports.0x1, of port 0: 0 on 4.14.6, EINVAL on 4.17.7. */
  pollsUnusedPorts: { until: [4, 15] },
  /**
   * There is one page state fewer, so reference counts print differently. domctl-memory.hypercall_init.domain.pv: caf=c00… on 4.14.6, 800…
   * on 4.17.7.
   */
  pageStatesMerged: { since: [4, 15] },
  /** A 32-bit PV domain: a build option, which Debian's builds lack. domctl-memory.set_address_size.size.0x20: EOPNOTSUPP on 4.14.6. */
  pv32: { until: [4, 14] },
  /**
   * getdomaininfo finds only the requested domain, not the next one. domctl-life.getdomaininfo.domain.0x3e7: ESRCH on 4.20.4, 0 on 4.17.7.
   */
  domainInfoExact: { since: [4, 18] },
  /** An HVM domain may be created without emulated pirqs. create.20191 (emulation_flags=0x1ff): 0 on 4.20.4, EOPNOTSUPP on 4.17.7. */
  pirqsOptional: { since: [4, 19] },
  /** physinfo reports grant table versions. sysctl.physinfo.base: capabilities=0x1b on 4.14.6, 0x30b on 4.17.7. */
  grantVersionBits: { since: [4, 16] },
  /** A featureset has 18 words. sysctl.get_cpu_featureset.base: 0x12 on 4.14.6, 0x13 on 4.17.7. */
  eighteenFeatureWords: { until: [4, 15] },
  /**
   * get_features has a bit that tells a PV domain that its frames are not machine frames. sched.get_features.base: bit 17 is clear on
   * 4.14.6.
   */
  indirectMapBit: { since: [4, 15] },
  /** Areas can be registered by physical address, and features 18 to 20 say so. sched.get_features.base: 0x1e28f0 on 4.20.4. */
  physicalAreas: { since: [4, 18] },
  /** No limit on C-states is ~0. sysctl.pm_op.base: u.set_max_cstate=0xffffffff on 4.20.4, 1 on 4.17.7. */
  unlimitedCstates: { since: [4, 18] },
  /** A vcpu_info that crosses a page is ENXIO. sched.register_vcpu_info.offset.0xffa: EINVAL on 4.14.6, ENXIO on 4.17.7. */
  areaBeyondPageNamed: { since: [4, 15] },
  /**
   * Registering a vcpu_info a second time is EBUSY, whatever the arguments. sched.register_vcpu_info.base: EBUSY on 4.20.4, EINVAL on
   * 4.17.7.
   */
  registeredAreaFirst: { since: [4, 18] },
  /** A resource of an unknown type is EINVAL. memory.acquire_resource.type: EOPNOTSUPP on 4.17.7, EINVAL on 4.20.4. */
  unknownResourceInvalid: { since: [4, 18] },
  /** Foreign frames: the domain must exist (ESRCH) and must not be the caller (EINVAL). memory.foreign: EPERM for all on 4.17.7. */
  foreignFramesChecked: { since: [4, 18] },
  /** The local APIC takes a page of the memory map. memory.machine_e820: 1 MiB on 4.17.7, 4 KiB on 4.20.4. */
  smallApicRange: { since: [4, 18] },
  /** The populate-on-demand target of a PV domain can be read. memory.get_pod_target.domid.1: 0 on 4.14.6, EINVAL on 4.17.7. */
  podTargetOfPv: { until: [4, 15] },
  /** Moving a page to the frame where it already is fails with EXDEV. memory.add_to_physmap_batch.space.2 on 4.14.6; 0 on 4.17.7. */
  moveToItselfRefused: { until: [4, 15] },
  /** Memory paging is built in but needs missing hardware: ENODEV. memory.paging_op on 4.14.6. */
  memoryPaging: { until: [4, 15] },
  /** RTDS and null are built in. cpupool.create.sched8 and .sched9: 0 on 4.14.6, ENOENT on 4.17.7. */
  experimentalSchedulers: { until: [4, 15] },
  /** Pool 0 keeps its last CPU: EINVAL. cpupool.rm.last: EBUSY on 4.14.6, as for any pool with domains. */
  firstPoolKeepsCpu: { since: [4, 15] },
  /** Pool ids are signed: -1 is below all of them. cpupool.walk.1: pool 0 on 4.14.6 for the next pool from -1 on, ENOENT on 4.17.7. */
  signedPoolIds: { until: [4, 15] },
  /** The PIT's channels start in mode 7. vcpuctx.hvmrec.0.type10: 07 on 4.20.4, ff on 4.17.7. */
  pitStartsInModeSeven: { since: [4, 18] },
  /** The local APIC's record has its timer's deadline. vcpuctx.hvmrec.0.type5: 32 bytes on 4.20.4, 24 on 4.17.7. */
  apicTimerSaved: { since: [4, 18] },
  /** Room for nine MSRs of a virtual CPU. vcpuctx.hvmctx.0.0: 7360 bytes on 4.14.6, 7392 on 4.17.7. */
  ninthSavedMsr: { since: [4, 15] },
  /** And for ten. vcpuctx.hvmctx.0.0: 7440 bytes on 4.20.4, of which 16 are the local APICs'. */
  tenthSavedMsr: { since: [4, 18] },
  /** sethvmcontext checks all records before it loads one. vcpuctx.sethvm.0.4: ENODATA on 4.20.4, EINVAL and eight loaded on 4.17.7. */
  hvmContextCheckedFirst: { since: [4, 19] },
  /**
   * oprofile's profiler is built in: CONFIG_XENOPROF=y in the build configurations of Debian's 4.14 and 4.17
   * (/boot/xen-4.17-amd64.config); 4.20's has no such option. profiling.init: 0 on 4.14.6 and 4.17.7, ENOSYS on 4.20.4.
   */
  oprofile: { until: [4, 18] },
  /** set_vcpu_msrs refuses an MSR with ENXIO. vcpuctx.msr.*: ENXIO on 4.20.4, EINVAL on 4.17.7. */
  unknownMsrNamed: { since: [4, 18] },
  /** Parameters crash-debug-*. hypfs.read./params: 258 bytes on 4.14.6, 440 on 4.17.7. */
  crashDebugParameters: { since: [4, 15] },
  /** hypfs shows the CPU pools. hypfs.read./cpupool/0/: ENOENT on 4.14.6, 0 on 4.17.7. */
  poolsInHypfs: { since: [4, 15] },
  /** A path without a slash in front is EINVAL. hypfs.read.x: ENOENT on 4.14.6, EINVAL on 4.17.7; since xen-devel's patch of 26 October 2020. */
  hypfsPathChecked: { since: [4, 15] },
  /** The key % and its debugger. sysctl.key.25: a line on 4.17.7, nothing on 4.20.4. */
  debuggerKey: { until: [4, 18] },
  /** grant copy looks first whether frames are the caller's, by DOMID_SELF. grant.copy.dest.domid.2: -8 on 4.14.6, -2 on 4.17.7. */
  copyAccessFirst: { until: [4, 15] },
  /** grant copy of no bytes does nothing. grant.copy.len.1: status unchanged on 4.20.4, -1 on 4.17.7. */
  emptyCopyDone: { since: [4, 18] },
  /** set_broken_page_p2m of a PV domain. domctl2.set_broken_page_p2m.domain.1: EBUSY on 4.14.6, EINVAL on 4.17.7. */
  brokenPageOfPvBusy: { until: [4, 15] },
  /** A domain that has a target gives EINVAL before the target is checked. domctl2.set_target.target.3: EINVAL on 4.14.6. */
  targetSetFirst: { until: [4, 15] },
  /** An unknown kexec operation is EOPNOTSUPP. misc.kexec.cmd7: EOPNOTSUPP on 4.20.4, 0 on 4.17.7. */
  unknownKexecRefused: { since: [4, 18] },
  /** CPU policies know fewer features. cpupolicy.sys.2: 51 leaves on 4.14.6, 53 on 4.17.7. */
  firstPolicies: { until: [4, 15] },
  /** Policies report more SVM features for nested guests. cpupolicy.sys.1.leaf.8000000a: d=1 on 4.20.4, 0x31 on 4.17.7. */
  nestedSvmRecorded: { since: [4, 18] },
  /** A multicall's count has 64 bits; more than 32 are beyond memory. misc.mcarg.7: EFAULT on 4.20.4, 0 on 4.17.7. */
  multicallCountWide: { since: [4, 18] },
  /** build_id into no bytes is ENOBUFS. misc.buildid.0: ENOBUFS on 4.20.4, EINVAL on 4.17.7. */
  emptyBuildIdTooShort: { since: [4, 18] },
  /** How the count of a free page prints. mmuext_op of one: caf=00000000 on 4.20.4, 4000000000000000 on 4.17.7. */
  freePageCountZero: { since: [4, 18] },
  /** setvcpucontext looks at the debug registers of a PV virtual CPU. Of one in Xen's space: EINVAL on 4.20.4, not on 4.17.7. */
  debugRegistersChecked: { since: [4, 18] },
  /** Xen takes 5 MiB more for itself. xl info's free_memory: 2009 on 4.14.6, 2014 on 4.17.7. */
  xenTakesMore: { until: [4, 15] },
  /** A page that a domain gives back is claimed for it again. life.3.60: out=64 on 4.14.6, so on 4.17.7; not on 4.20.4. */
  freedPagesClaimed: { until: [4, 18] },
} as const satisfies Readonly<Record<string, Span>>;

const spans = { ...recorded, ...deviceBehaviour, ...unrecordedBehaviour };

export type Behaviour = keyof typeof spans;

/** Whether a release has this behaviour. */
export function behaves(abi: Pick<Abi, 'major' | 'minor'>, behaviour: Behaviour): boolean {
  const { since, until }: Span = spans[behaviour];
  return (since === undefined || !isBefore(abi, since)) && (until === undefined || isBefore(abi, until));
}

function isBefore(
  { major, minor }: Pick<Abi, 'major' | 'minor'>,
  [otherMajor, otherMinor]: readonly [number, number],
): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
