import type { TracedCall } from './decoder.ts';
import { errorOf } from './line.ts';
import { subOperationName } from './values.ts';

interface Sum {
  calls: number;
  errors: number;
  micros: number;
}

/** The table of -c: a row for each hypercall and sub-operation. */
export class Summary {
  readonly #sums = new Map<string, Sum>();

  add(call: TracedCall): void {
    const sub = subOperationName(call);
    const name = `${call.row?.name ?? `#${call.number}`}${sub === undefined ? '' : ` ${sub}`}`;
    let sum = this.#sums.get(name);
    if (sum === undefined) {
      sum = { calls: 0, errors: 0, micros: 0 };
      this.#sums.set(name, sum);
    }
    sum.calls += 1;
    sum.micros += call.micros;
    if (errorOf(call) !== undefined) sum.errors += 1;
  }

  /** The table, the longest first. */
  text(): string {
    const total = { calls: 0, errors: 0, micros: 0 };
    for (const { calls, errors, micros } of this.#sums.values()) {
      total.calls += calls;
      total.errors += errors;
      total.micros += micros;
    }
    const rows = [...this.#sums].sort(([, a], [, b]) => b.micros - a.micros);
    const line = '------ ----------- ----------- --------- --------- ----------------';
    return [
      '% time     seconds  usecs/call     calls    errors hypercall',
      line,
      ...rows.map(([name, sum]) => rowText(name, sum, total.micros)),
      line,
      rowText('total', total, total.micros),
      '',
    ].join('\n');
  }
}

function rowText(name: string, { calls, errors, micros }: Sum, all: number): string {
  const share = all === 0 ? 0 : (100 * micros) / all;
  const each = calls === 0 ? 0 : micros / calls;
  return [
    share.toFixed(2).padStart(6),
    (micros / 1e6).toFixed(6).padStart(11),
    each.toFixed(1).padStart(11),
    String(calls).padStart(9),
    (errors === 0 ? '' : String(errors)).padStart(9),
    name,
  ].join(' ');
}
