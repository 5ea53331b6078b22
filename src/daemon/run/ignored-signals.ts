/**
 * The variable in which whoever starts Node says which signals it was started with ignored (nohup): the mask of
 * /proc/self/status. Node forgets them at its start. scripts/build puts the lines before main.js that say so.
 */
export const IGNORED = 'FAUXEN_SIGIGN';

/** The numbers of the signals that this process was to ignore from the start, and its program is to ignore. */
export function ignoredSignals(mask: string | undefined = process.env[IGNORED]): number[] {
  if (mask === undefined || !/^[0-9a-f]{1,16}$/.test(mask)) return [];
  const bits = BigInt(`0x${mask}`);
  return Array.from({ length: 64 }, (_, index) => index + 1).filter((signal) => (bits >> BigInt(signal - 1)) & 1n);
}
