import { closeSync, ftruncateSync, openSync } from 'node:fs';
import type { FailureNote } from '../../explain/summary.ts';
import { say } from '../../language/say.ts';
import { errorCode } from '../../linux/system-error.ts';
import { writeAll } from '../log/write-all.ts';
import { RunError } from './run-error.ts';

/** The JSON report of a run, for programs: `fauxen run --report FILE`. */
export interface RunReport {
  /** The exit status. */
  readonly status: number;
  /** The calls that failed or may have gone wrong, the latest last. */
  readonly failures: readonly Pick<FailureNote, 'asked' | 'cause' | 'count' | 'why' | 'change'>[];
  /** The console ring; null if the hypervisor had died. */
  readonly dmesg: string | null;
}

/** A report file. It is opened before the program starts, so that a wrong path is reported at once. */
export class ReportFile {
  readonly #descriptor: number;

  /** Throws RunError. */
  static open(file: string): ReportFile {
    try {
      return new ReportFile(openSync(file, 'w'));
    } catch (error) {
      throw new RunError(say('cannot write the report {file}: {error}', { file, error: errorCode(error) ?? error }));
    }
  }

  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Writes and closes the file. If it cannot be written (a full disk), it stays empty. */
  write({
    status,
    ring,
    failures,
  }: {
    status: number;
    ring: Uint8Array | undefined;
    failures: readonly FailureNote[];
  }): void {
    const report: RunReport = {
      status,
      failures: failures.map(({ asked, cause, count, why, change }) => ({ asked, cause, count, why, change })),
      dmesg: ring === undefined ? null : Buffer.from(ring).toString(),
    };
    try {
      writeAll(this.#descriptor, `${JSON.stringify(report, undefined, 2)}\n`);
    } catch {
      ftruncateSync(this.#descriptor, 0);
    }
    closeSync(this.#descriptor);
  }
}
