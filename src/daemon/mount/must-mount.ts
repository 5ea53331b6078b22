import { errnoName } from '../../linux/errno.ts';

/** The result of a mount call; throws with what was tried if it is -errno. */
export function mustMount(what: string, result: number): number {
  if (result < 0) throw new Error(`cannot ${what}: ${errnoName(result)}`);
  return result;
}
