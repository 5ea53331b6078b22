/** [major, minor] of the first release with this behaviour; `until` is the first release without it. */
export interface Span {
  readonly since?: readonly [number, number];
  readonly until?: readonly [number, number];
}

/** Differences between releases that no header shows and no recording proves, since none is between the recorded releases. */
export const unrecordedBehaviour = {
  /**
   * createdomain chooses an id only for DOMID_ANY; before, also for 0 and for DOMID_INVALID. From the change log of 4.22 ("Fix fallout
   * from DOMID_ANY ABI breakage", xen-devel, 28 May 2026).
   */
  onlyDomidAnyChooses: { since: [4, 22] },
  /** grant cache_flush is only Arm's. From the change log of 4.21. */
  grantCacheFlush: { until: [4, 21] },
  /** max_vcpus cannot add virtual CPUs to those that there are: EBUSY; before, EINVAL. From Xen's history. */
  moreVcpusBusy: { since: [4, 5] },
  /** cpu_hotplug turns SMT on and off, which these CPUs have not: EOPNOTSUPP; before, the operation is unknown. From sysctl.h. */
  smtHotplug: { since: [4, 13] },
  /** physinfo tells of HAP, shadow and IOMMU by bits of their own. From sysctl.h. */
  pagingCapabilitiesTold: { since: [4, 13] },
  /** physinfo tells of Intel's Processor Trace for guests. From sysctl.h; the recorded machines are AMD's. */
  vmtraceTold: { since: [4, 15] },
} as const satisfies Readonly<Record<string, Span>>;
