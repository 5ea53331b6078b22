/** Settings of the fuzz tests. FAUXEN_FUZZ_SECONDS lengthens them, FAUXEN_FUZZ_SEED repeats one. */
import fc, { type IRawProperty } from 'fast-check';
import type { Test } from 'tap';

const seconds = Number(process.env.FAUXEN_FUZZ_SECONDS ?? 2);
const seed = Number(process.env.FAUXEN_FUZZ_SEED ?? (Date.now() ^ process.pid) | 0);

/** Long enough for FAUXEN_FUZZ_SECONDS. */
export const timeout = seconds * 1000 + 60_000;

/** Checks a property for the given time. Prints the seed, and reports a failure after shrinking it. */
export async function fuzz<T>(t: Test, property: IRawProperty<T>): Promise<void> {
  t.comment(`FAUXEN_FUZZ_SEED=${seed} for ${seconds} s`);
  const details = await fc.check(property, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: seconds * 1000,
    markInterruptAsFailure: false,
  });
  t.comment(`${details.numRuns} runs`);
  t.notOk(details.failed, 'no counterexample');
  if (details.failed) t.comment(`${fc.defaultReportMessage(details)}\n${details.errorInstance}`);
}
