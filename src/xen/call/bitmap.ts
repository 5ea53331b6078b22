import { errno } from '../errno.ts';
import type { Call } from './call.ts';

// struct xenctl_bitmap: bytes in the caller's memory and their number of bits, which need not be the mask's own.

const CHUNK = 4096;
const zeroes = new Uint8Array(CHUNK);

/** Bytes of a caller's bitmap. Xen adds in 32 bits, so 2^32-1 bits are 0 bytes. */
const guestBytes = (bits: number): number => ((bits + 7) >>> 0) >>> 3;

/** Copies a mask out, cut to the caller's bits and filled with zeroes; 0 or -EFAULT. */
export function bitmapToGuest(call: Call, address: number, bits: number, mask: Uint8Array): number {
  const wanted = guestBytes(bits);
  const copied = Math.min(wanted, mask.length);
  if (copied > 0 && !call.copyToGuest(address, mask, copied)) return -errno.EFAULT;
  for (let at = copied; at < wanted; at += CHUNK) {
    if (!call.copyToGuest(address + at, zeroes, Math.min(CHUNK, wanted - at))) return -errno.EFAULT;
  }
  return 0;
}

/** Copies a caller's bitmap into a mask of `size` bits: what is beyond is dropped, what is missing is zero. */
export function bitmapFromGuest(call: Call, address: number, bits: number, size: number): Uint8Array | undefined {
  const mask = new Uint8Array((size + 7) >>> 3);
  const wanted = guestBytes(bits);
  const copied = Math.min(wanted, mask.length);
  if (copied > 0 && !call.copyFromGuest(address, mask, copied)) return undefined;
  const cut = wanted <= mask.length ? bits : size;
  const last = ((cut + 7) >>> 3) - 1;
  if ((cut & 7) !== 0 && last >= 0) mask[last] = (mask[last] ?? 0) & (0xff >>> (8 - (cut & 7)));
  const tail = mask.length - 1;
  if ((size & 7) !== 0 && tail >= 0) mask[tail] = (mask[tail] ?? 0) & (0xff >>> (8 - (size & 7)));
  return mask;
}
