import { masked } from './masks.ts';
import { STOPPED, type ToolRun } from './recordings.ts';

export interface ToolDifference {
  readonly name: string;
  readonly command: string;
  readonly kind: 'status' | 'stdout';
  readonly words: string;
}

export interface ToolScore {
  readonly commands: number;
  readonly statuses: number;
  readonly stdouts: number;
}

export interface ToolComparison extends ToolScore {
  readonly differences: readonly ToolDifference[];
}

/** Compares exit status and stdout of each command with the real one's. */
export function compareTools(recorded: readonly ToolRun[], got: readonly ToolRun[]): ToolComparison {
  const byName = new Map(got.map((each) => [each.name, each]));
  const differences = recorded.flatMap((real) => differencesOf(real, byName.get(real.name)));
  const count = (kind: string) => recorded.length - differences.filter((each) => each.kind === kind).length;
  return { commands: recorded.length, statuses: count('status'), stdouts: count('stdout'), differences };
}

function differencesOf({ name, command, status, stdout }: ToolRun, got: ToolRun | undefined): ToolDifference[] {
  const found: ToolDifference[] = [];
  const ended = status === STOPPED && got?.status === 0; // which the recorder did not wait for
  if (got?.status !== status && !ended)
    found.push({ name, command, kind: 'status', words: `Xen's exits with ${status}, Fauxen's with ${got?.status}` });
  const [real, ours] = [stdout, got?.stdout ?? ''].map((text) => masked(name, text).split('\n'));
  const words = firstDifference(real ?? [], ours ?? []);
  if (words !== '') found.push({ name, command, kind: 'stdout', words });
  return found;
}

/** Empty if there is none. */
function firstDifference(real: readonly string[], ours: readonly string[]): string {
  const length = Math.max(real.length, ours.length);
  const at = Array.from({ length }).findIndex((_, index) => real[index] !== ours[index]);
  if (at < 0) return '';
  const show = (line: string | undefined) => (line === undefined ? 'missing' : JSON.stringify(line));
  return `line ${at + 1} is ${show(real[at])} in Xen, ${show(ours[at])} in Fauxen`;
}
