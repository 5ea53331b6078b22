import { writeSync } from 'node:fs';
import { type LogLevel, logLevels, type Settings } from '../protocol/settings.ts';
import type { LogOutput } from './log-output.ts';

/** How long a command waits at its end for its stderr to drain. */
const FLUSH_MS = 1_000;

/** Writes log records on the main thread. Loads the logger only for the first record that is shown. */
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
    this.#loading ??= this.#load().catch(() => this.#useFallback());
  }

  /** Resolves when all records so far are on stderr, or after a timeout if nothing reads it. */
  async flush(): Promise<void> {
    await this.#loading;
    await this.#output?.flush(FLUSH_MS);
  }

  /** The reader of stderr is gone: drops later records. */
  silence(): void {
    this.#silenced = true;
  }

  /** The fallback if pino cannot be loaded, for example without free descriptors: writes lines in pino's format. */
  #useFallback(): void {
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
