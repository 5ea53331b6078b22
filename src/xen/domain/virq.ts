/** Virtual interrupts (xen.h). */
export const virqs = {
  timer: 0,
  debug: 1,
  console: 2,
  domExc: 3,
  tbuf: 4,
  debugger: 6,
  xenoprof: 7,
  conRing: 8,
  pcpuState: 9,
  memEvent: 10,
  argo: 11,
  enomem: 12,
  xenpmu: 13,
} as const;

export const NR_VIRQS = 24;

/** Each virtual CPU has its own of these. All others, unassigned ones too, are global. */
const PER_VCPU: ReadonlySet<number> = new Set([virqs.timer, virqs.debug, virqs.xenoprof, virqs.xenpmu]);

/** Global virqs go to one domain: dom0, or the one that XEN_DOMCTL_set_virq_handler named. */
export const isGlobalVirq = (virq: number): boolean => virq < NR_VIRQS && !PER_VCPU.has(virq);
