// Bit masks in bytes, lowest bit first.

/** A mask of `bits` with the given ones set. */
export function maskOf(bits: number, set: Iterable<number>): Uint8Array {
  const mask = new Uint8Array((bits + 7) >>> 3);
  for (const bit of set) mask[bit >>> 3] = (mask[bit >>> 3] ?? 0) | (1 << (bit & 7));
  return mask;
}

export function fullMask(bits: number): Uint8Array {
  const mask = new Uint8Array((bits + 7) >>> 3).fill(0xff);
  if ((bits & 7) !== 0) mask[mask.length - 1] = 0xff >>> (8 - (bits & 7));
  return mask;
}

export const hasBit = (mask: Uint8Array, bit: number): boolean => (((mask[bit >>> 3] ?? 0) >>> (bit & 7)) & 1) !== 0;

export function intersection(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, at) => byte & (b[at] ?? 0));
}

export const isEmpty = (mask: Uint8Array): boolean => mask.every((byte) => byte === 0);
