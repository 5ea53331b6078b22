/** [major, minor] of the first release with this behaviour; `until` is the first release without it. */
export interface Span {
  readonly since?: readonly [number, number];
  readonly until?: readonly [number, number];
}

/** Differences between releases that no header shows and no recording proves. */
export const unrecordedBehaviour = {
  /**
   * createdomain chooses an id only for DOMID_ANY; before, also for 0 and for DOMID_INVALID. From the change log of 4.22 ("Fix fallout
   * from DOMID_ANY ABI breakage", xen-devel, 28 May 2026).
   */
  onlyDomidAnyChooses: { since: [4, 22] },
  /** grant cache_flush is only Arm's. From the change log of 4.21. */
  grantCacheFlush: { until: [4, 21] },
  /** max_vcpus cannot add virtual CPUs to a domain that has some: EBUSY; before, EINVAL. From Xen's history. */
  moreVcpusBusy: { since: [4, 5] },
  /** cpu_hotplug turns SMT on and off: EOPNOTSUPP, since these CPUs lack it; before, the operation is unknown. From sysctl.h. */
  smtHotplug: { since: [4, 13] },
  /** physinfo has a bit each for HAP, shadow and IOMMU. From sysctl.h. */
  pagingCapabilityBits: { since: [4, 13] },
  /** physinfo has a bit for Intel's Processor Trace of guests. From sysctl.h; the recorded machines are AMD's. */
  vmtraceCapabilityBit: { since: [4, 15] },
} as const satisfies Readonly<Record<string, Span>>;
