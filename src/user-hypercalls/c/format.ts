// printk's formats, for arguments that a WebAssembly module passes as a C va_list.

/** Where the arguments lie, and how texts are found. */
export interface FormatSource {
  view: DataView;
  /** The C string at an address: of the module, or of the caller. */
  text(address: bigint): string;
}

/** Formats as Xen's printk: flags, width, precision, lengths, d i u x X o c s p and %%. `list` is the va_list's address. */
export function formatPrintk(format: string, list: number, { view, text }: FormatSource): string {
  let at = list;
  const next = (size: 4 | 8): bigint => {
    at = Math.ceil(at / size) * size;
    const value = size === 8 ? view.getBigUint64(at, true) : BigInt(view.getUint32(at, true));
    at += size;
    return value;
  };
  const pattern = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?(hh|h|ll|l|z|t)?([diuxXocsp%])/g;
  return format.replace(pattern, (_, flags: string, wide?: string, precise?: string, length?: string, kind = '') => {
    if (kind === '%') return '%';
    const width = wide === '*' ? Number(BigInt.asIntN(32, next(4))) : Number(wide ?? 0);
    const precision =
      precise === '*' ? Number(BigInt.asIntN(32, next(4))) : precise === undefined ? -1 : Number(precise);
    const size = kind === 's' || kind === 'p' || ['l', 'll', 'z', 't'].includes(length ?? '') ? 8 : 4;
    const value = next(size);
    let out: string;
    let sign = '';
    if (kind === 's') {
      out = text(value);
      if (precision >= 0) out = out.slice(0, precision);
    } else if (kind === 'c') {
      out = String.fromCharCode(Number(value & 0xffn));
    } else if (kind === 'p') {
      out = value.toString(16).padStart(16, '0');
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
