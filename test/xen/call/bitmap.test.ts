import t from 'tap';
import { bitmapFromGuest, bitmapToGuest } from '../../../src/xen/call/bitmap.ts';
import type { Call } from '../../../src/xen/call/call.ts';
import { errno } from '../../../src/xen/errno.ts';

const BYTES = 8;

/** A caller with 8 bytes at address 0, which is all that the functions use. */
function caller(bits: bigint) {
  const bytes = new Uint8Array(BYTES);
  new DataView(bytes.buffer).setBigUint64(0, bits, true);
  const fits = (address: number, length: number) => address + length <= BYTES;
  const call = {
    copyFromGuest(address: number, into: Uint8Array, length = into.length) {
      if (fits(address, length)) into.set(bytes.subarray(address, address + length));
      return fits(address, length);
    },
    copyToGuest(address: number, from: Uint8Array, length = from.length) {
      if (fits(address, length)) bytes.set(from.subarray(0, length), address);
      return fits(address, length);
    },
  };
  return { bytes, call: call as unknown as Call };
}

const number = (mask: Uint8Array) => mask.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
const ones = (count: number) => 2n ** BigInt(count) - 1n;

t.test("a caller's bitmap is cut to the smaller of both sizes, to the bit", (t) => {
  for (const bits of [0, 1, 4, 7, 8, 9, 16, 17, 33, 64]) {
    for (const size of [1, 2, 7, 8, 9, 15, 16, 17, 64]) {
      const mask = bitmapFromGuest(caller(ones(64)).call, 0, bits, size);
      t.equal(mask?.length, Math.ceil(size / 8));
      t.equal(mask && number(mask), ones(Math.min(bits, size)), `${bits} bits into ${size}`);
    }
  }
  t.end();
});

t.test('a mask is copied out in whole bytes, and the rest of a larger bitmap is zero', (t) => {
  for (const bits of [0, 1, 8, 9, 24, 64]) {
    const { bytes, call } = caller(ones(64));
    t.equal(bitmapToGuest(call, 0, bits, Uint8Array.of(0xa5, 0x5a)), 0);
    const written = Math.ceil(bits / 8);
    const expected = [0xa5, 0x5a, 0, 0, 0, 0, 0, 0].slice(0, written).concat(Array(BYTES - written).fill(0xff));
    t.strictSame([...bytes], expected, `${bits} bits`);
  }
  t.end();
});

t.test('a failed copy is a fault', (t) => {
  t.equal(bitmapFromGuest(caller(0n).call, 7, 64, 64), undefined);
  t.equal(bitmapToGuest(caller(0n).call, 7, 16, Uint8Array.of(1, 2)), -errno.EFAULT);
  t.equal(bitmapToGuest(caller(0n).call, 0, 72, Uint8Array.of(1)), -errno.EFAULT, 'in the zeroes, too');
  t.end();
});
