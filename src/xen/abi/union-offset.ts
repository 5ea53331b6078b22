import type { Struct } from './layout.ts';

/** Where a struct's union starts: its members' paths begin with u. */
export function unionOffset(struct: Struct): number {
  const offsets = [...struct.paths()].filter((path) => /^u(\.|$)/.test(path)).map((path) => struct.field(path).offset);
  return Math.min(struct.size, ...offsets);
}
