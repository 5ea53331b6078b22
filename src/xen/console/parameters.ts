import type { Abi } from '../abi/abi.ts';
import { behaves } from '../abi/behaviour.ts';
import { errno } from '../errno.ts';
import type { Machine } from '../machine/machine.ts';
import { parseBoolean, parseThreshold, parseTimestamps, type Threshold } from './command-line.ts';
import type { Console } from './console.ts';

/** text: kept as it is. parsed: Xen reads it at once, and shows it in its own words. flag: one byte. */
type Kind = 'text' | 'parsed' | 'flag';

interface Parameter {
  readonly kind: Kind;
  /** The length that hypfs reports for the longest text, with its NUL. */
  readonly room: number;
  read(): string;
  /** 0 or -errno. */
  write(value: string): number;
}

const levelNames = ['none', 'error', 'warning', 'info', 'all'];
const LEVEL_ROOM = 16;
const LIMIT_ROOM = 12;
const MAX_LIMIT = 0xffffffff;

/** Xen's runtime parameters: those under /params of hypfs, in the order of their names. Recorded from 4.14, 4.17 and 4.20. */
export class Parameters {
  readonly all = new Map<string, Parameter>();

  constructor(console: Console, machine: Machine, abi: Pick<Abi, 'major' | 'minor'>) {
    const intel = machine.vendor === 'intel';
    this.#parsed('console_timestamps', 7, 'none', (value) => {
      const mode = parseTimestamps(value);
      if (mode !== undefined) console.timestamps = mode;
      return mode;
    });
    this.#text('conswitch', 3, 'a');
    if (behaves(abi, 'crashDebugParameters')) {
      for (const key of ['debugkey', 'hwdom', 'kexeccmd', 'panic', 'watchdog'])
        this.#text(`crash-debug-${key}`, 32, '');
    }
    this.#parsed('ept', 10, '', (value) => {
      if (intel) return value;
      console.printk('VMX: EPT not available, or not in use - ignoring\n');
      return '';
    });
    this.#flag('global-pages', intel);
    this.#limit('gnttab_max_frames', 64);
    this.#limit('gnttab_max_maptrack_frames', 1024);
    this.#level('guest_loglvl', console.guest);
    this.#level('loglvl', console.xen);
    this.#parsed('pcid', 7, 'xpti', pcidMode);
  }

  /** 0 or -errno: ENOENT for an unknown name, EINVAL for a value that it cannot take. */
  set(name: string, value: string): number {
    return this.all.get(name)?.write(value) ?? -errno.ENOENT;
  }

  #text(name: string, room: number, initial: string): void {
    let current = initial;
    this.all.set(name, {
      kind: 'text',
      room,
      read: () => current,
      write(value) {
        if (value.length >= room) return -errno.ENOSPC;
        current = value;
        return 0;
      },
    });
  }

  /** `parse`: returns the text that the parameter then shows; undefined for an invalid value. */
  #parsed(name: string, room: number, initial: string, parse: (value: string) => string | undefined): void {
    let current = initial;
    this.all.set(name, {
      kind: 'parsed',
      room,
      read: () => current,
      write(value) {
        const parsed = parse(value);
        if (parsed === undefined) return -errno.EINVAL;
        current = parsed;
        return 0;
      },
    });
  }

  #flag(name: string, initial: boolean): void {
    let current = initial ? '\x01' : '\0';
    this.all.set(name, {
      kind: 'flag',
      room: 1,
      read: () => current,
      write(value) {
        current = value;
        return 0;
      },
    });
  }

  /** A number as C writes it: 0x for sixteen, 0 for eight; an empty text is 0. */
  #limit(name: string, initial: number): void {
    let current = initial;
    this.all.set(name, {
      kind: 'parsed',
      room: LIMIT_ROOM,
      read: () => String(current),
      write(value) {
        if (!/^(0x[\da-f]+|0[0-7]*|[1-9]\d*|)$/i.test(value)) return -errno.EINVAL;
        const number = /^0[0-7]+$/.test(value) ? Number.parseInt(value, 8) : Number(value);
        if (number > MAX_LIMIT) return -errno.ERANGE;
        current = number;
        return 0;
      },
    });
  }

  /** Sets as much of the thresholds as it understands, and then refuses the rest. The keys + and - do not change what it shows. */
  #level(name: string, threshold: Threshold): void {
    const shown = () => `${levelNames[threshold.lower]}/${levelNames[threshold.upper]}`;
    let current = shown();
    this.all.set(name, {
      kind: 'parsed',
      room: LEVEL_ROOM,
      read: () => current,
      write(value) {
        const { valid, ...parsed } = parseThreshold(value);
        Object.assign(threshold, parsed);
        current = shown();
        return valid ? 0 : -errno.EINVAL;
      },
    });
  }
}

/** A boolean, or whether only guests without isolated page tables have it. */
function pcidMode(value: string): string | undefined {
  const on = parseBoolean(value);
  if (on !== undefined && value !== '') return on ? 'on' : 'off';
  if (value === 'xpti' || value === 'no-xpti') return value.replace('-', '');
  return undefined;
}
