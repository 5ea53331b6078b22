import t from 'tap';
import { formatPrintk } from '../../../src/user-hypercalls/c/format.ts';

/** Formats values from a va_list: 64-bit ones, or 32-bit ones given as numbers. */
function format(text: string, values: readonly (number | bigint)[], release = 417): string {
  const view = new DataView(new ArrayBuffer(256));
  let at = 0;
  for (const value of values) {
    if (typeof value === 'bigint') {
      at = Math.ceil(at / 8) * 8;
      view.setBigUint64(at, BigInt.asUintN(64, value), true);
      at += 8;
    } else {
      view.setInt32(at, value, true);
      at += 4;
    }
  }
  const memory = new Uint8Array([0b1000_1111, 0x10, 0, 0, 1, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0]);
  return formatPrintk(text, 0, {
    view,
    release,
    text: (address) => `text at ${address}`,
    bytes: (address, length) => memory.subarray(Number(address), Number(address) + length),
    domain: (address) => Number(address),
    vcpu: (address) => ({ domain: Number(address), id: 3 }),
  });
}

t.test('numbers, texts and characters', (t) => {
  const cases: [string, (number | bigint)[], string][] = [
    ['%d %i %u', [-1, -2, -1], '-1 -2 4294967295'],
    ['%hhu %hd', [511, 65535], '255 -1'],
    ['%ld %llu %zx', [-5n, 5n, 255n], '-5 5 ff'],
    ['%#x %#X %o', [255, 255, 8], '0xff 0XFF 10'],
    ['[%5d] [%-5d] [%05d] [%+d] [% d]', [42, 42, -42, 1, 1], '[   42] [42   ] [-0042] [+1] [ 1]'],
    ['[%*d] [%.3d] [%.4s]', [4, 7, 7, 0n], '[   7] [007] [text]'],
    ['%c%%%s', [65, 9n], 'A%text at 9'],
    ['%p', [0xffff8300n], '00000000ffff8300'],
  ];
  for (const [text, values, expected] of cases) t.equal(format(text, values), expected, text);
  t.end();
});

t.test('the extensions of %p', (t) => {
  const cases: [string, (number | bigint)[], string][] = [
    ['%pd %pd', [7n, 0n], 'd7 NULL'],
    ['%pv', [2n], 'd2v3'],
    ['%pd %pv', [0x7fffn, 0x7ff2n], 'd[IDLE] d[XEN]v3'],
    ['%*ph', [3, 0n], '8f 10 00'],
    ['%*phC %*phD %*phN', [2, 0n, 2, 0n, 2, 0n], '8f:10 8f-10 8f10'],
    ['%ph|%*ph', [0n, 0, 0n], '|'],
    ['%*pb', [13, 0n], '108f'],
    ['%*pb', [40, 0n], '01,0000108f'],
    ['%*pbl', [80, 0n], '0-3,7,12,32,70-71'],
  ];
  for (const [text, values, expected] of cases) t.equal(format(text, values), expected, text);
  t.end();
});

t.test('an older release prints a plain pointer and the extension’s letter', (t) => {
  t.equal(format('%pd', [7n], 411), '0000000000000007d');
  t.equal(format('%pv', [7n], 404), '0000000000000007v');
  t.equal(format('%pv', [7n], 405), 'd7v3');
  t.equal(format('%*phC', [2, 0n], 404), '0000000000000000hC');
  t.equal(format('%*phC', [2, 0n], 406), '8f 10C');
  t.equal(format('%*phC', [2, 0n], 407), '8f:10');
  t.end();
});
