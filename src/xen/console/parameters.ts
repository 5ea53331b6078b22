import { errno } from '../errno.ts';
import { parseThreshold, type Threshold } from './command-line.ts';
import type { Console } from './console.ts';

/** Bytes of a parameter's text with its NUL, and the most it can hold: 0 for one that cannot be set. */
interface Parameter {
  read(): string;
  /** The parameter's buffer; a longer text is ENOSPC. */
  readonly room: number;
  /** Whether it is a flag of one byte instead of a text. */
  readonly flag?: boolean;
  /** 0 or -errno. Absent: any text is accepted and kept. */
  write?(value: string): number;
}

const levelNames = ['none', 'error', 'warning', 'info', 'all'];
const LEVEL_ROOM = 16;
const LIMIT_ROOM = 12;

/** Xen's runtime parameters: those under /params of hypfs, in the order of their names. */
export class Parameters {
  readonly all = new Map<string, Parameter>();

  constructor(console: Console) {
    this.#text('console_timestamps', 7, 'none');
    this.#text('conswitch', 3, 'a');
    for (const key of ['debugkey', 'hwdom', 'kexeccmd', 'panic', 'watchdog']) this.#text(`crash-debug-${key}`, 32, '');
    this.#text('ept', 10, '');
    this.#flag('global-pages', true);
    this.#limit('gnttab_max_frames', 64);
    this.#limit('gnttab_max_maptrack_frames', 1024);
    this.#level('guest_loglvl', console.guest);
    this.#level('loglvl', console.xen);
    this.#text('pcid', 8, 'xpti');
  }

  /** 0 or -errno: ENOENT for an unknown name, EINVAL for a value that it cannot take. */
  set(name: string, value: string): number {
    const parameter = this.all.get(name);
    if (parameter === undefined) return -errno.ENOENT;
    if (value.length + 1 > parameter.room) return -errno.ENOSPC;
    return parameter.write?.(value) ?? 0;
  }

  #text(name: string, room: number, initial: string): void {
    let current = initial;
    this.all.set(name, {
      room,
      read: () => current,
      write(value) {
        current = value;
        return 0;
      },
    });
  }

  #flag(name: string, initial: boolean): void {
    let current = initial;
    this.all.set(name, {
      room: 1,
      flag: true,
      read: () => (current ? '\x01' : '\0'),
      write(value) {
        current = value !== '\0' && value !== '';
        return 0;
      },
    });
  }

  #limit(name: string, initial: number): void {
    let current = initial;
    this.all.set(name, {
      room: LIMIT_ROOM,
      read: () => String(current),
      write(value) {
        if (!/^(0x[\da-f]+|\d+)$/i.test(value)) return -errno.EINVAL;
        current = Number(value);
        return 0;
      },
    });
  }

  #level(name: string, threshold: Threshold): void {
    this.all.set(name, {
      room: LEVEL_ROOM,
      read: () => `${levelNames[threshold.lower]}/${levelNames[threshold.upper]}`,
      write(value) {
        const parsed = parseThreshold(value);
        if (parsed === undefined) return -errno.EINVAL;
        Object.assign(threshold, parsed);
        return 0;
      },
    });
  }
}
