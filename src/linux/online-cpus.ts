import { libc } from './libc.ts';

const sysconf: (name: number) => number = libc.func('long sysconf(int)');
const SC_NPROCESSORS_ONLN = 84;

/** The number of CPUs that are online, whether or not this process may use them. */
export function onlineCpus(): number {
  return sysconf(SC_NPROCESSORS_ONLN);
}
