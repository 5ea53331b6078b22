const BYTES: Readonly<Record<string, number>> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };
const SECONDS: Readonly<Record<string, number>> = { d: 86400, h: 3600, m: 60, s: 1 };

/** Bytes of a size as the schema allows it: 512 (MiB), 4G. */
export function bytesOf(size: number | string): number {
  if (typeof size === 'number') return size * 2 ** 20;
  return Number(size.slice(0, -1)) * (BYTES[size.slice(-1)] ?? 1);
}

/** Bytes a second of a rate as the schema allows it: 1500, 2M. */
export const rateOf = (rate: number | string): number => (typeof rate === 'number' ? rate : bytesOf(rate));

/** Seconds of a time as the schema allows it: 90, 1h30m. */
export function secondsOf(time: number | string): number {
  if (typeof time === 'number') return time;
  const parts = time.matchAll(/(\d+)([dhms])/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (SECONDS[unit ?? 's'] ?? 1), 0);
}
