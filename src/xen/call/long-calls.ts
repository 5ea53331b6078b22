import type { Call } from './call.ts';

/** Hypercalls that take long if their count is high: the argument with the count, and the count that takes about a millisecond. */
const longCalls: Readonly<Record<string, { argument: number; many: number }>> = {
  multicall: { argument: 1, many: 64 },
  console_io: { argument: 1, many: 65_536 },
  mmu_update: { argument: 1, many: 64 },
  mmuext_op: { argument: 1, many: 64 },
  grant_table_op: { argument: 2, many: 64 },
};

/** Whether a call may be preempted. `name`: of its row in the table. */
export function mayBeLong(call: Call, name: string): boolean {
  const long = longCalls[name];
  return long !== undefined && call.u32(long.argument) > long.many;
}
