import type { Call } from './call.ts';

/** Hypercalls whose count makes them long: the argument that has it, and how many take about a millisecond. */
const longCalls: Readonly<Record<string, { argument: number; many: number }>> = {
  multicall: { argument: 1, many: 64 },
  console_io: { argument: 1, many: 65_536 },
  mmu_update: { argument: 1, many: 64 },
  mmuext_op: { argument: 1, many: 64 },
  grant_table_op: { argument: 2, many: 64 },
};

/** Whether a call may give way to others before it is done. `name`: of its row in the table. */
export function mayBeLong(call: Call, name: string): boolean {
  const long = longCalls[name];
  return long !== undefined && call.u32(long.argument) > long.many;
}
