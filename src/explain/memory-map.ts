import { say } from '../language/say.ts';

// The mappings of a process, parsed from /proc/PID/maps.

export interface Region {
  readonly start: number;
  readonly end: number;
  /** As "rw-p". */
  readonly permissions: string;
  /** A file, "[heap]", "[stack]", or "" for anonymous memory. */
  readonly name: string;
}

export class MemoryMap {
  readonly #text: () => string;
  #parsed: readonly Region[] | undefined;

  /** `text` is called when the map is first used; it returns "" if the process is gone. */
  constructor(text: () => string) {
    this.#text = text;
  }

  get regions(): readonly Region[] {
    this.#parsed ??= [...this.#text().matchAll(/^([\da-f]+)-([\da-f]+) (\S+) \S+ \S+ \S+ *(.*)$/gm)].map((match) => ({
      start: Number.parseInt(match[1] ?? '', 16),
      end: Number.parseInt(match[2] ?? '', 16),
      permissions: match[3] ?? '',
      name: match[4] ?? '',
    }));
    return this.#parsed;
  }

  at(address: number): Region | undefined {
    return this.regions.find(({ start, end }) => address >= start && address < end);
  }

  /** A mapped address whose low 32 bits are `low`; prefers the stack, the heap and the program. */
  withLowBits(low: number): number | undefined {
    const candidates: number[] = [];
    for (const { start, end } of this.regions) {
      const upper = Math.floor(start / 2 ** 32) * 2 ** 32;
      for (const address of [upper + low, upper + 2 ** 32 + low]) {
        if (address >= 2 ** 32 && address >= start && address < end) candidates.push(address);
      }
    }
    const isData = (address: number) => this.at(address)?.permissions.startsWith('rw') === true;
    return candidates.find(isData) ?? candidates[0];
  }

  /** Describes what is mapped at an address. */
  describe(address: number): string {
    const region = this.at(address);
    if (region !== undefined)
      return say('it lies in {region} ({span}, {permissions})', {
        region: nameOf(region),
        span: span(region),
        permissions: region.permissions,
      });
    if (this.regions.length === 0) return say('the memory there is unknown: the program has ended');
    const before = this.regions.findLast(({ end }) => end <= address);
    const after = this.regions.find(({ start }) => start > address);
    if (before !== undefined && address - before.end < NEAR)
      return say('nothing is mapped there; {name} ends {distance} before, at {address}', {
        name: nameOf(before),
        distance: distance(address - before.end),
        address: hex(before.end),
      });
    if (after !== undefined && after.start - address < NEAR)
      return say('nothing is mapped there; {name} starts {distance} after it, at {address}', {
        name: nameOf(after),
        distance: distance(after.start - address),
        address: hex(after.start),
      });
    return say('nothing is mapped there');
  }
}

/** Distance within which a neighbouring mapping is mentioned: 1 MiB. */
const NEAR = 2 ** 20;

export function hex(value: number | bigint): string {
  return `0x${value.toString(16)}`;
}

export function nameOf({ name, permissions }: Region): string {
  if (name === '[stack]') return say('the stack');
  if (name === '[heap]') return say('the heap');
  if (name === '') return say('anonymous memory');
  return permissions.includes('w')
    ? say('data of {name}', { name })
    : permissions.includes('x')
      ? say('code of {name}', { name })
      : say('constants of {name}', { name });
}

function span({ start, end }: Region): string {
  return `${hex(start)}-${hex(end)}`;
}

function distance(bytes: number): string {
  return bytes === 0 ? say('just') : say('{bytes} bytes', { bytes });
}
