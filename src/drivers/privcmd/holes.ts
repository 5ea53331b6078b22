import { PAGE_SIZE } from '../../xen/memory/heap.ts';
import type { Hole, PrivcmdState } from './privcmd.ts';

/** Most unmapped parts that an open file remembers. */
const MAX_HOLES = 1024;

/** Whether the range lies in a part of that mapping that has no pages. */
export function holeAround({ holes }: PrivcmdState, { start, end }: Omit<Hole, 'origin'>, origin: number): boolean {
  return holes.some((hole) => hole.origin === origin && hole.start <= start && hole.end >= end);
}

/** Removes the range from the remembered holes, and adds the parts of it that stay empty. */
export function rememberHoles(
  { holes }: PrivcmdState,
  { address, end, origin }: { address: number; end: number; origin: number },
  pages: readonly number[],
): void {
  for (let index = holes.length - 1; index >= 0; index -= 1) {
    const hole = holes[index]!;
    if (hole.end <= address || hole.start >= end) continue;
    const rest = [];
    if (hole.start < address) rest.push({ ...hole, end: address });
    if (hole.end > end) rest.push({ ...hole, start: end });
    holes.splice(index, 1, ...rest);
  }
  let index = 0;
  while (index < pages.length) {
    const begin = index;
    while (index < pages.length && pages[index]! < 0) index += 1;
    if (index > begin) holes.push({ start: address + begin * PAGE_SIZE, end: address + index * PAGE_SIZE, origin });
    index += 1;
  }
  const mapped = address + pages.length * PAGE_SIZE;
  if (mapped < end) holes.push({ start: mapped, end, origin });
  if (holes.length > MAX_HOLES) holes.splice(0, holes.length - MAX_HOLES);
}
