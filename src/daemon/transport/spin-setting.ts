export type SpinSetting = 'auto' | 'off' | number;

/** Parses `auto`, `off` or a number of microseconds; undefined if it is none of these. */
export function parseSpin(text: string): SpinSetting | undefined {
  if (text === 'auto' || text === 'off') return text;
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
