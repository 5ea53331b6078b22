import { errno } from '../errno.ts';
import { PAGE_SIZE } from '../memory/heap.ts';
import type { Domain } from './domain.ts';
import type { Vcpu } from './vcpu.ts';

/** Intel Processor Trace's registers that a tracer may see, and which of their bits. */
const MSR_RTIT_OUTPUT_MASK = 0x561;
const MSR_RTIT_CTL = 0x570;
const MSR_RTIT_STATUS = 0x571;
/** TraceEn, OS, User, TSCEn, DisRETC, BranchEn. */
const CTL_BITS = 0x2c0dn;
const TRACE_ENABLED = 1n;
/** FilterEn, ContextEn, TriggerEn, Error, Stopped. */
const STATUS_BITS = 0x37n;
const HALF = 2n ** 32n;

/** Processor Trace of a virtual CPU. Nothing executes on it, so that its buffer stays empty. */
export interface VcpuTrace {
  active: boolean;
  control: bigint;
  status: bigint;
  /** Offset of the next byte in the buffer. */
  offset: bigint;
}

function traceOf(vcpu: Vcpu): VcpuTrace {
  vcpu.trace ??= { active: false, control: 0n, status: 0n, offset: 0n };
  return vcpu.trace;
}

/** The last byte of a buffer: the register's lower half. */
const limit = ({ domain }: Vcpu) => BigInt(domain.memory.vmtracePages * PAGE_SIZE - 1);

/** Starts or stops it; 0, or -EINVAL if it is already in that state. */
export function setTracing(vcpu: Vcpu, active: boolean, reset: boolean): number {
  const trace = traceOf(vcpu);
  if (trace.active === active) return -errno.EINVAL;
  if (reset) Object.assign(trace, { status: 0n, offset: 0n });
  trace.control = (trace.control & ~TRACE_ENABLED) | (active ? TRACE_ENABLED : 0n);
  trace.active = active;
  return 0;
}

/** The offset of the next byte, if the virtual CPU is being traced; otherwise undefined. */
export function vmtracePosition(domain: Domain, vcpu: number): number | undefined {
  const trace = domain.vcpus[vcpu]?.trace;
  return trace?.active === true ? Number(trace.offset) : undefined;
}

/** Bytes that the trace of a virtual CPU has. */
export function tracedBytes(vcpu: Vcpu): bigint {
  return traceOf(vcpu).offset;
}

/** A register's value; undefined if a tracer can see no register with that number. */
export function getTraceOption(vcpu: Vcpu, register: bigint): bigint | undefined {
  const trace = traceOf(vcpu);
  switch (register) {
    case BigInt(MSR_RTIT_OUTPUT_MASK):
      return trace.offset * HALF + limit(vcpu);
    case BigInt(MSR_RTIT_CTL):
      return trace.control;
    case BigInt(MSR_RTIT_STATUS):
      return trace.status;
    default:
      return undefined;
  }
}

/** 0, or -EINVAL for a register or bits that a tracer may not set. */
export function setTraceOption(vcpu: Vcpu, register: bigint, value: bigint): number {
  const trace = traceOf(vcpu);
  switch (register) {
    case BigInt(MSR_RTIT_OUTPUT_MASK): // the lower half, the buffer's size, stays
      if (value / HALF > limit(vcpu)) return -errno.EINVAL;
      trace.offset = value / HALF;
      return 0;
    case BigInt(MSR_RTIT_CTL):
      if ((value & ~CTL_BITS) !== 0n) return -errno.EINVAL;
      trace.control = value;
      return 0;
    case BigInt(MSR_RTIT_STATUS):
      if ((value & ~STATUS_BITS) !== 0n) return -errno.EINVAL;
      trace.status = value;
      return 0;
    default:
      return -errno.EINVAL;
  }
}
