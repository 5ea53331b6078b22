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

/** Global ones go to one domain: dom0, or the one that XEN_DOMCTL_set_virq_handler named. */
const GLOBAL: ReadonlySet<number> = new Set([
  virqs.console,
  virqs.domExc,
  virqs.tbuf,
  virqs.debugger,
  virqs.conRing,
  virqs.pcpuState,
  virqs.memEvent,
  virqs.argo,
  virqs.enomem,
]);

export const isGlobalVirq = (virq: number): boolean => GLOBAL.has(virq);
