// Numbers of trace records (xen/trace.h): a class in bits 16 to 27, a subclass in bits 12 to 15, an event below.

const TRC_GEN = 0x0001f000;
const TRC_SCHED_MIN = 0x00021000;
const TRC_SCHED_VERBOSE = 0x00028000;
const TRC_DOM0_DOMOPS = 0x00041000;
const TRC_PV_ENTRY = 0x00201000;
const TRC_PV_SUBCALL = 0x00202000;
const TRC_HVM_HANDLER = 0x00082000;

/** Every class. */
export const TRC_ALL = 0x0ffff000;

export const traceEvents = {
  lostRecords: TRC_GEN + 1,
  wrapBuffer: TRC_GEN + 2,
  /** Old run state in bits 8 and 9, new one in bits 4 and 5. */
  runstateChange: TRC_SCHED_MIN + 1,
  schedDomAdd: TRC_SCHED_VERBOSE + 1,
  schedDomRem: TRC_SCHED_VERBOSE + 2,
  sleep: TRC_SCHED_VERBOSE + 3,
  wake: TRC_SCHED_VERBOSE + 4,
  shutdown: TRC_SCHED_VERBOSE + 7,
  domAdd: TRC_DOM0_DOMOPS + 1,
  domRem: TRC_DOM0_DOMOPS + 2,
  hypercall: TRC_PV_ENTRY + 13,
  subcall: TRC_PV_SUBCALL + 14,
  vmmcall: TRC_HVM_HANDLER + 0x12,
} as const;

/** TRC_PV_HYPERCALL_V2_ARG_32: the record holds the low 32 bits of that argument. */
export const hypercallArgument = (index: number): number => 1 << (20 + 2 * index);

/** Whether the mask selects records of that event, by class and subclass. */
export function wanted(mask: number, event: number): boolean {
  return (mask & event) !== 0 && ((mask >>> 16) & (event >>> 16)) !== 0 && (((mask & event) >>> 12) & 0xf) !== 0;
}
