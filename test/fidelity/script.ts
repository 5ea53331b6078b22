import { errnoName } from '../../src/xen/errno.ts';

/** Where a buffer is placed; the letters are the walker's. */
const places = { plain: 'o', straddling: 's', readonly: 'r', misaligned: 'm', crossing: 'c' } as const;
/** What a buffer holds at first. */
const fills = { zeroes: 'z', ones: 'o', aa: 'a', one: 'b', indices: 'q', indices32: 'l' } as const;
/** How a field that the call changed is printed. */
const kinds = { number: 'x', bytes: 'b', text: 's', any: 'n', zeroOrNot: 'z', port: 'p' } as const;

export type Place = keyof typeof places;
export type Fill = keyof typeof fills;
export type Kind = keyof typeof kinds;

/** A number, a variable of the script, or a buffer's address. */
export type Value = bigint | Variable | Buffer;

export class Variable {
  readonly index: number;
  readonly name: string;

  constructor(index: number, name: string) {
    this.index = index;
    this.name = name;
  }
}

export class Buffer {
  readonly index: number;
  readonly size: number;

  constructor(index: number, size: number) {
    this.index = index;
    this.size = size;
  }
}

const hex = (value: number | bigint): string => BigInt.asUintN(64, BigInt(value)).toString(16);

function text(value: Value): string {
  if (value instanceof Variable) return `$${hex(value.index)}`;
  if (value instanceof Buffer) return `&${hex(value.index)}`;
  return hex(value);
}

/** Writes the script for walker.c: one instruction per line (described at the head of walker.c). */
export class Script {
  readonly #lines: string[] = [];
  #buffers = 0;
  #variables = 0;
  #group = '';

  /** `sysctlVersion`: for reading the console ring; undefined where that is not allowed, as in a guest. */
  constructor(sysctlVersion?: number) {
    for (let number = 1; number < 134; number++) {
      const name = errnoName(-number);
      if (name !== undefined) this.#lines.push(`M ${hex(number)} ${name}`);
    }
    this.#lines.push(`R ${hex(sysctlVersion ?? 0)}`);
  }

  group(name: string): void {
    this.#lines.push(`G ${name}`);
    this.#group = name;
    this.#variables = 0;
  }

  /** A variable of this group. */
  variable(name: string, value = 0n): Variable {
    const variable = new Variable(this.#variables++, name);
    this.#lines.push(`V ${hex(variable.index)} ${hex(value)}`);
    return variable;
  }

  /** A buffer of the next call. */
  buffer(size: number, place: Place = 'plain', fill: Fill = 'zeroes'): Buffer {
    const buffer = new Buffer(this.#buffers++, size);
    this.#lines.push(`B ${hex(buffer.index)} ${hex(size)} ${places[place]} ${fills[fill]}`);
    return buffer;
  }

  store(buffer: Buffer, offset: number, size: number, value: Value): void {
    if (value === 0n) return; // buffers are zero unless filled, and nothing is stored in a filled one
    for (let at = 0; at < size; at += 8) {
      this.#lines.push(`N ${hex(buffer.index)} ${hex(offset + at)} ${hex(Math.min(8, size - at))} ${text(value)}`);
    }
  }

  storeText(buffer: Buffer, offset: number, stored: string): void {
    this.#lines.push(`T ${hex(buffer.index)} ${hex(offset)} ${stored}`);
  }

  call(number: number, args: readonly Value[]): void {
    const values = [0, 1, 2, 3, 4].map((index) => text(args[index] ?? 0n));
    this.#lines.push(`C ${hex(number)} ${values.join(' ')}`);
  }

  /** A call right after the one whose line follows, which undoes what it did to the guest that walks. It has no line. */
  undo(number: number, args: readonly Value[]): void {
    const values = [0, 1, 2, 3, 4].map((index) => text(args[index] ?? 0n));
    this.#lines.push(`U ${hex(number)} ${values.join(' ')}`);
  }

  show(buffer: Buffer, offset: number, size: number, kind: Kind, label: string): void {
    this.#lines.push(`F ${hex(buffer.index)} ${hex(offset)} ${hex(size)} ${kinds[kind]} ${label}`);
  }

  showRest(buffer: Buffer, label: string): void {
    this.#lines.push(`A ${hex(buffer.index)} ${label}`);
  }

  keep(variable: Variable, buffer: Buffer, offset: number, size: number): void {
    this.#lines.push(`K ${hex(variable.index)} ${hex(buffer.index)} ${hex(offset)} ${hex(size)}`);
  }

  wait(milliseconds: number): void {
    this.#lines.push(`S ${hex(milliseconds)}`);
  }

  /** The line of the call: `id` within the group, and a description. */
  emit(id: string, asked: string): void {
    this.#lines.push(`E ${this.#group}.${id}\t${asked}`);
    this.#buffers = 0;
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}
