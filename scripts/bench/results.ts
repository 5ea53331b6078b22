import type { Fleet } from './fleet.ts';
import type { Cell, Placement } from './measure.ts';
import type { RealXen } from './real-xen.ts';
import type { SystemCalls } from './system-calls.ts';
import type { Lane } from './timeline.ts';

/** The results of one run of the benchmark: build/bench.json. */
export interface Results {
  date: string;
  quick: boolean;
  machine: { cpu: string; cpus: number; kernel: string; node: string; load: number };
  cells: Cell[];
  /** Milliseconds. */
  start?: { mounted: number; library: number; node: number; thread: number };
  /** Where the time of a start goes. */
  timeline?: Lane[];
  /** Milliseconds of whole commands, by the names in starts.ts. */
  commands?: Record<string, number>;
  /** Milliseconds of CPU time that Xen's own programs use for a thousand guests. */
  thousand?: { xl: number; xenstored: number };
  /** Milliseconds of `ps aux`. */
  ps?: { run: number; outside: number };
  /** Milliseconds of `xl create`: of a guest alone, and of one with a disk and a vif. */
  createGuest?: { plain: number; devices: number };
  /** Milliseconds of `xl dump-core` of 256 MiB. */
  dumpCore?: number;
  fleet?: Fleet;
  realXen?: RealXen;
  /** Milliseconds of maps of guest memory, by what is mapped. */
  maps?: Record<string, { median: number; best: number }>;
  /** MiB. */
  memory: Record<string, number>;
  /** MiB a second. */
  dmesg?: number;
  garbage: Record<string, { calls: number; collections: number }>;
  systemCalls: Record<string, SystemCalls>;
  /** What was not measured, and why. */
  skipped: Record<string, string>;
}

export function find(
  results: Results,
  operation: string,
  placement: Placement,
  subject: string,
  clients = 1,
): Cell | undefined {
  return results.cells.find(
    (cell) =>
      cell.operation === operation &&
      cell.placement === placement &&
      cell.subject === subject &&
      cell.clients === clients,
  );
}
