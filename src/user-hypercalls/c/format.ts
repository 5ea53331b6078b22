// printk's formats, for arguments that a WebAssembly module passes as a C va_list.

/** Access to the arguments, strings and structs. */
export interface FormatSource {
  view: DataView;
  /** 402 for Xen 4.2: which extensions of %p there are. */
  release: number;
  /** The C string at an address in the module or in the caller. */
  text(address: bigint): string;
  bytes(address: bigint, length: number): Uint8Array;
  /** The number of a struct domain, and those of a struct vcpu and its domain. */
  domain(address: bigint): number;
  vcpu(address: bigint): { domain: number; id: number };
}

/** The first release whose printk has the extension of %p (xen/common/vsprintf.c). */
const pointerFormats: Readonly<Record<string, number>> = {
  v: 405,
  h: 405,
  hC: 407,
  hD: 407,
  hN: 407,
  b: 412,
  bl: 412,
  d: 412,
  pp: 415,
};

/** Most bytes that %*ph prints. */
const MAX_HEX = 64;
const separators: Readonly<Record<string, string>> = { h: ' ', hC: ':', hD: '-', hN: '' };
const systemDomains: Readonly<Record<number, string>> = {
  32753: '[IO]',
  32754: '[XEN]',
  32755: '[COW]',
  32767: '[IDLE]',
};

/** Formats as Xen's printk: flags, width, precision, lengths, d i u x X o c s p, %% and the extensions of %p. `list` is the va_list's address. */
export function formatPrintk(format: string, list: number, source: FormatSource): string {
  const { view, text } = source;
  let at = list;
  const next = (size: 4 | 8): bigint => {
    at = Math.ceil(at / size) * size;
    const value = size === 8 ? view.getBigUint64(at, true) : BigInt(view.getUint32(at, true));
    at += size;
    return value;
  };
  const pattern = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?(hh|h|ll|l|L|z|Z|t|j)?(p(?:bl|h[CDN]|[bdhpv])?|[diuxXocs%])/g;
  return format.replace(pattern, (_, flags: string, wide?: string, precise?: string, length?: string, kind = '') => {
    if (kind === '%') return '%';
    const width = wide === '*' ? Number(BigInt.asIntN(32, next(4))) : Number(wide ?? 0);
    const precision =
      precise === '*' ? Number(BigInt.asIntN(32, next(4))) : precise === undefined ? -1 : Number(precise);
    const pointer = kind.startsWith('p');
    const size = kind === 's' || pointer || ['l', 'll', 'L', 'z', 'Z', 't', 'j'].includes(length ?? '') ? 8 : 4;
    const value = next(size);
    // In releases without selectable separators, the letter is printed as text.
    const plain = /^h[CDN]$/.test(kind.slice(1)) && source.release < 407 ? kind.slice(2) : '';
    const suffix = kind.slice(1, kind.length - plain.length);
    let out: string;
    let sign = '';
    if (pointer && suffix !== '' && source.release >= (pointerFormats[suffix] ?? 0)) {
      return extended(suffix, value, width, source) + plain;
    }
    if (kind === 's') {
      out = text(value);
      if (precision >= 0) out = out.slice(0, precision);
    } else if (kind === 'c') {
      out = String.fromCharCode(Number(value & 0xffn));
    } else if (pointer) {
      return value.toString(16).padStart(16, '0') + suffix + plain;
    } else {
      const bits = length === 'hh' ? 8 : length === 'h' ? 16 : size * 8;
      const signed = kind === 'd' || kind === 'i';
      const number = signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
      const base = kind === 'x' || kind === 'X' ? 16 : kind === 'o' ? 8 : 10;
      out = (number < 0n ? -number : number).toString(base).padStart(Math.max(precision, 1), '0');
      if (kind === 'X') out = out.toUpperCase();
      if (flags.includes('#') && base === 16 && number !== 0n) sign = kind === 'x' ? '0x' : '0X';
      if (number < 0n) sign = '-';
      else if (signed && flags.includes('+')) sign = '+';
      else if (signed && flags.includes(' ')) sign = ' ';
    }
    if (flags.includes('-') || width < 0) return (sign + out).padEnd(Math.abs(width));
    if (flags.includes('0') && kind !== 's' && precision < 0) return sign + out.padStart(width - sign.length, '0');
    return (sign + out).padStart(width);
  });
}

/** The output of an extension of %p. `width` counts bytes (h) or bits (b). */
function extended(suffix: string, value: bigint, width: number, source: FormatSource): string {
  switch (suffix) {
    case 'd':
      return value === 0n ? 'NULL' : domainName(source.domain(value));
    case 'v': {
      if (value === 0n) return 'NULL';
      const { domain, id } = source.vcpu(value);
      return `${domainName(domain)}v${id}`;
    }
    case 'p': {
      const word = source.view.getUint32(Number(value), true);
      const hex = (bits: number, shift: number, digits: number) =>
        ((word >>> shift) & ((1 << bits) - 1)).toString(16).padStart(digits, '0');
      return `${hex(16, 16, 4)}:${hex(8, 8, 2)}:${hex(5, 3, 2)}.${word & 7}`;
    }
    case 'b':
    case 'bl':
      return width <= 0 ? '' : bitmap(source.bytes(value, Math.ceil(width / 64) * 8), width, suffix === 'bl');
    default: {
      const bytes = source.bytes(value, Math.min(Math.max(width, 0), MAX_HEX));
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(separators[suffix] ?? ' ');
    }
  }
}

function domainName(id: number): string {
  return `d${systemDomains[id] ?? id}`;
}

/** '0-3,6-15', or words of 32 bits in hexadecimal, the highest first. */
function bitmap(bytes: Uint8Array, bits: number, asList: boolean): string {
  const isSet = (bit: number) => bit < bits && ((bytes[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  const parts: string[] = [];
  if (asList) {
    for (let bit = 0; bit < bits; bit += 1) {
      if (!isSet(bit)) continue;
      const first = bit;
      while (isSet(bit + 1)) bit += 1;
      parts.push(first === bit ? `${bit}` : `${first}-${bit}`);
    }
    return parts.join(',');
  }
  for (let word = Math.ceil(bits / 32) - 1; word >= 0; word -= 1) {
    const digits = Math.ceil(Math.min(32, bits - word * 32) / 4);
    let value = 0n;
    for (let bit = 31; bit >= 0; bit -= 1) value = value * 2n + (isSet(word * 32 + bit) ? 1n : 0n);
    parts.push(value.toString(16).padStart(digits, '0'));
  }
  return parts.join(',');
}
