import { SYS } from '../../src/linux/arch/x86-64/system-calls.ts';
import { addressOf, systemCall } from '../../src/linux/libc.ts';

/** CPUs 0 to 1023, as the C library's cpu_set_t. */
const mask = new Uint8Array(128);
const maskAddress = addressOf(mask);

/** The CPUs that thread `tid` (0: the calling one) may use, ascending, or -errno. */
export function getAffinity(tid: number): number[] | number {
  mask.fill(0);
  const size = systemCall(SYS.sched_getaffinity, tid, mask.length, maskAddress);
  if (size < 0) return size;
  const cpus: number[] = [];
  for (let cpu = 0; cpu < size * 8; cpu++) if (mask[cpu >> 3]! & (1 << (cpu & 7))) cpus.push(cpu);
  return cpus;
}
