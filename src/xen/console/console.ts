import { Hook } from '../hook.ts';
import type { Machine } from '../machine/machine.ts';
import type { CommandLine, Threshold, TimestampMode } from './command-line.ts';
import { ConsoleRing } from './console-ring.ts';

/** Prefixes of a message's text that set its level, as in Xen's sources. */
export const XENLOG_ERR = '<0>';
export const XENLOG_WARNING = '<1>';
export const XENLOG_INFO = '<2>';
export const XENLOG_DEBUG = '<3>';
/** Marks a message about a guest: the guest_loglvl threshold counts. Goes before the level: XENLOG_GUEST + XENLOG_INFO. */
export const XENLOG_GUEST = '<G>';

const DEFAULT_LEVEL = 1;

/** A message that did not reach the ring. */
export interface HiddenMessage {
  readonly text: string;
  readonly level: number;
  readonly guest: boolean;
  /** Set if a release build does not contain the message at all, whatever the levels: what printed it, and where. */
  readonly releaseBuild?: string;
}

/** Xen's console: printk with levels and prefixes into the ring and onto the serial line. */
export class Console {
  readonly ring: ConsoleRing;
  readonly xen: Threshold;
  readonly guest: Threshold;
  /** Which of the two the keys + and - change. */
  keysAdjust: Threshold;
  timestamps: TimestampMode;
  /** Gets every byte that goes to the serial console. */
  readonly onSerial = new Hook<Uint8Array>();
  /** Runs after bytes entered the ring: wakes pollers, raises VIRQ_CON_RING. */
  readonly onRing = new Hook();
  /** The last message that the log levels suppressed, for explanations. */
  lastHidden: HiddenMessage | undefined;
  readonly #commandLine: CommandLine;
  readonly #machine: Machine;
  readonly #encoder = new TextEncoder();
  #atLineStart = true;
  #continues = false;

  constructor(commandLine: CommandLine, machine: Machine) {
    this.#commandLine = commandLine;
    this.#machine = machine;
    this.ring = new ConsoleRing(commandLine.conringSize);
    this.xen = { ...commandLine.loglvl };
    this.guest = { ...commandLine.guestLoglvl };
    this.keysAdjust = this.xen;
    this.timestamps = commandLine.timestamps;
  }

  /**
   * Prints a message of the hypervisor's. A text may start with XENLOG_* marks; without one it is a warning. If a text does not end in a
   * newline, the next message continues its line. `mark` is printed before each line.
   */
  printk(text: string, mark = '(XEN) '): void {
    let out = '';
    let rest = text;
    while (rest !== '') {
      const end = rest.indexOf('\n') + 1 || rest.length;
      let line = rest.slice(0, end);
      rest = rest.slice(end);
      if (this.#atLineStart) {
        const [level, guest, length] = messageLevel(line);
        line = line.slice(length);
        const threshold = guest ? this.guest : this.xen;
        this.#continues = level < threshold.upper;
        if (this.#continues) out += this.#prefix(mark);
        else this.lastHidden = { text: line, level, guest };
      }
      if (this.#continues) out += line;
      this.#atLineStart = line.endsWith('\n');
    }
    if (out !== '') this.#emit(this.#encoder.encode(out), true);
  }

  /** Prints what a guest writes through console_io: to the serial line, and to the ring only with console_to_ring. */
  guestWrite(bytes: Uint8Array): void {
    this.#emit(bytes, this.#commandLine.consoleToRing);
  }

  #emit(bytes: Uint8Array, toRing: boolean): void {
    this.onSerial.run(bytes);
    if (!toRing) return;
    this.ring.write(bytes);
    this.onRing.run();
  }

  /** The beginning of a line: `mark`, which names the source, and the time if console_timestamps is set. */
  #prefix(mark: string): string {
    switch (this.timestamps) {
      case 'none':
        return mark;
      case 'boot': {
        const micros = this.#machine.uptime() / 1000n;
        const seconds = String(micros / 1_000_000n).padStart(5);
        return `${mark}[${seconds}.${String(micros % 1_000_000n).padStart(6, '0')}] `;
      }
      case 'raw':
        return `${mark}[${this.#machine.uptime().toString(16).padStart(16, '0')}] `;
      default: {
        const stamp = new Date(this.#machine.wallclock()).toISOString().replace('T', ' ').replace('Z', '');
        return `${mark}[${this.timestamps === 'date' ? stamp.slice(0, 19) : stamp}] `;
      }
    }
  }
}

/** [level, about a guest, length of the marks]. */
function messageLevel(line: string): [number, boolean, number] {
  let guest = false;
  let level = DEFAULT_LEVEL;
  let at = 0;
  for (;;) {
    const mark = line.charAt(at + 1);
    if (line.charAt(at) !== '<' || line.charAt(at + 2) !== '>') break;
    if (mark === 'G') guest = true;
    else if (mark >= '0' && mark <= '3') level = Number(mark);
    else break;
    at += 3;
  }
  return [level, guest, at];
}
