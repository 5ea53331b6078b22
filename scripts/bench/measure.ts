import type { Slice, Work } from './client.ts';
import { place, type Subject } from './subjects.ts';

/** `one`: daemon and clients on the same CPU; `two`: on two CPUs; `free`: where the kernel puts them. */
export type Placement = 'one' | 'two' | 'free';

export interface Cell {
  operation: string;
  placement: Placement;
  clients: number;
  subject: string;
  /** Microseconds per call: median, lowest and highest of the slices' means. */
  us: number;
  low: number;
  high: number;
  /** Over all slices: medians of the slices' medians and 95th percentiles, in microseconds. */
  median: number;
  p95: number;
  /** Calls per second of all clients together: the median over the slices. */
  rate: number;
}

/** Calls before the first slice, in which new code is compiled. */
const WARM_UP_MS = 60;

export interface Options {
  repetitions: number;
  milliseconds: number;
  cpus: readonly number[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * Measures one operation for all subjects in turns (A B A B), so that a disturbance of the machine affects all alike. A subject that
 * fails is left out; `skip` gets the reason.
 */
export async function compare(
  subjects: readonly Subject[],
  operation: string,
  file: string,
  placement: Placement,
  clients: number,
  options: Options,
  skip: (subject: string, error: number) => void,
): Promise<Cell[]> {
  const [first = 0, second = first] = options.cpus;
  const cpu = placement === 'free' ? -1 : placement === 'two' ? second : first;
  const work = (subject: Subject, milliseconds: number): Work => ({
    operation,
    file: subject.pid === undefined ? '-' : `${subject.directory}/${file}`,
    cpu,
    other: placement === 'free' ? -1 : first,
    clients,
    milliseconds,
  });
  for (const { pid } of subjects) place(pid, placement === 'free' ? options.cpus : [first]);
  for (const subject of subjects) await subject.client.measure(work(subject, WARM_UP_MS));
  const slices = new Map<Subject, Slice[]>(subjects.map((subject) => [subject, []]));
  for (let repetition = 0; repetition < options.repetitions; repetition++) {
    for (const [subject, list] of slices) {
      const slice = await subject.client.measure(work(subject, options.milliseconds));
      if (slice.error === 0) {
        list.push(slice);
      } else {
        skip(subject.name, slice.error);
        slices.delete(subject);
      }
    }
  }
  return [...slices].map(([subject, list]) => cell(operation, placement, clients, subject.name, list));
}

function cell(operation: string, placement: Placement, clients: number, subject: string, list: readonly Slice[]): Cell {
  const means = list.map(({ mean }) => mean / 1000);
  return {
    operation,
    placement,
    clients,
    subject,
    us: median(means),
    low: Math.min(...means),
    high: Math.max(...means),
    median: median(list.map((slice) => slice.median / 1000)),
    p95: median(list.map(({ p95 }) => p95 / 1000)),
    rate: median(list.map(({ calls, seconds }) => calls / seconds)),
  };
}
