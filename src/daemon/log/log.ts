import { writeSync } from 'node:fs';
import { type LogLevel, logLevels, type Settings } from '../protocol/settings.ts';
import type { LogOutput } from './log-output.ts';

/** How long the end of a command waits for whoever reads its stderr. */
const FLUSH_MS = 1_000;

/** Takes log records on the main thread. Costs nothing until the first one that is to be shown. */
export class Log {
  readonly level: LogLevel;
  readonly #format: Settings['logFormat'];
  #queue: [LogLevel, string, Record<string, unknown>][] | undefined;
  #write: ((level: LogLevel, message: string, fields: Record<string, unknown>) => void) | undefined;
  #loading: Promise<void> | undefined;
  #output: LogOutput | undefined;
  #silenced = false;

  constructor(level: LogLevel, format: Settings['logFormat'] = 'text') {
    this.level = level;
    this.#format = format;
  }

  write(level: LogLevel, message: string, fields: Record<string, unknown> = {}): void {
    if (this.#silenced || !shows(this.level, level)) return;
    if (this.#write !== undefined) {
      this.#write(level, message, fields);
      return;
    }
    this.#queue ??= [];
    this.#queue.push([level, message, fields]);
    this.#loading ??= this.#load().catch(() => this.#doWithout());
  }

  /** Until what was written so far is on stderr, unless nobody reads that. */
  async flush(): Promise<void> {
    await this.#loading;
    await this.#output?.flush(FLUSH_MS);
  }

  /** Nobody reads stderr any more: drops what comes. */
  silence(): void {
    this.#silenced = true;
  }

  /** Where pino cannot be loaded, out of descriptors for instance: lines as it writes them. */
  #doWithout(): void {
    const { pid } = process;
    this.#use((level, message, fields) => {
      const number = 10 * (logLevels.indexOf(level) + 1);
      const line = { level: number, time: Date.now(), pid, name: 'fauxen', ...fields, msg: message };
      const text =
        this.#format === 'json' ? `${JSON.stringify(line)}\n` : `${level.toUpperCase()} (fauxen): ${message}\n`;
      if (this.#output !== undefined) this.#output.write(text);
      else writeSync(2, text);
    });
  }

  #use(write: (level: LogLevel, message: string, fields: Record<string, unknown>) => void): void {
    this.#write = write;
    for (const [level, message, fields] of this.#queue ?? []) write(level, message, fields);
    this.#queue = undefined;
  }

  async #load(): Promise<void> {
    const { LogOutput } = await import('./log-output.ts');
    const output = new LogOutput(2);
    this.#output = output;
    const { pino } = await import('pino');
    const { isatty } = await import('node:tty');
    const stream =
      this.#format === 'json'
        ? output
        : (await import('pino-pretty')).default({
            colorize: isatty(2),
            sync: true,
            destination: output,
            ignore: 'pid,hostname',
          });
    const logger = pino({ name: 'fauxen', level: this.level }, stream);
    this.#use((level, message, fields) => {
      if (level !== 'silent') logger[level](fields, message);
    });
  }
}

/** Whether a log at `threshold` shows a record of `level`. */
export function shows(threshold: LogLevel, level: LogLevel): boolean {
  return threshold !== 'silent' && logLevels.indexOf(level) >= logLevels.indexOf(threshold);
}
