import { errnoName } from '../../linux/errno.ts';

/** Returns the result of a mount call; throws an error that names the call if it is -errno. */
export function mustMount(what: string, result: number): number {
  if (result < 0) throw new Error(`cannot ${what}: ${errnoName(result)}`);
  return result;
}
