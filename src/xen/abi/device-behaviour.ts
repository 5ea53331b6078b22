import type { Span } from './unrecorded-behaviour.ts';

/** Differences between releases in devices, their interrupts, ports and frames: proven as those of behaviour.ts. */
export const deviceBehaviour = {
  /** map_pirq of a line that already has a number returns that number. physdev.map_pirq.bus.1: EPERM on 4.14.6. */
  mappedLineAgain: { since: [4, 15] },
  /** A virtual PCI function needs its physical one, and keeps it. physdev.pci_device_remove.base: EBUSY on 4.20.4, 0 on 4.17.7. */
  virtualFunctions: { since: [4, 18] },
  /** More ports are Xen's. ioport_permission of 0x92: 0 on 4.17.7, EPERM on 4.20.4. */
  morePortsReserved: { since: [4, 20] },
  /**
   * A domain that may use devices gets no populate-on-demand frames, and set_pod_target is ENOTEMPTY if it has some. populate_physmap
   * after ioport_permission: 1 on 4.14.6, 0 on 4.17.7. From Xen's history, 4.17.
   */
  devicesExcludeOnDemand: { since: [4, 17] },
  /** populate_physmap of a frame that shows a device counts as done, though the domain crashes: 1 on 4.14.6, 0 on 4.17.7. */
  deviceFramePopulated: { until: [4, 15] },
  /** dom0 may use frames of message-signalled interrupts. iomem_permission of 0xfee01: EPERM on 4.17.7, 0 on 4.20.4. */
  interruptFramesPermitted: { since: [4, 18] },
  /** bind_pt_irq prints why it failed. Of a mapped line: "pt_irq_create_bind failed (-3)" on 4.14.6, nothing on 4.17.7. */
  failedBindPrinted: { until: [4, 15] },
  /** memory_mapping of a PV domain does nothing. domctl-memory.memory_mapping.domain.pv: EPERM on 4.14.6, 0 on 4.17.7. */
  memoryMappingOfPvIgnored: { since: [4, 15] },
  /** resource_op refuses an MSR by EACCES, and knows the cache monitor's. platform.resource.1.0: -13 on 4.14.6, -1 on 4.17.7. */
  resourceNotPermitted: { until: [4, 15] },
  /** The list of PCI devices has their MSIs even if there are none. sysctl.key.51: "- MSIs < >" on 4.14.6, not on 4.17.7. */
  emptyMsisListed: { until: [4, 15] },
} as const satisfies Readonly<Record<string, Span>>;
