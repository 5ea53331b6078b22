import { stable } from './masks.ts';

export interface Answer {
  readonly mode: string;
  readonly probe: string;
  readonly result: string;
  readonly errno: string;
  readonly details: string;
}

export interface Difference {
  readonly expected: Answer;
  readonly got: Answer | undefined;
}

/** The modes of the probe program by its lines' names or their first word, for recordings that do not name them. */
const modeOf: Record<string, string> = {
  'sysctl.cpu_hotplug.online999': 'danger',
  zeroargs: 'num',
  allones: 'num',
  sched_compat: 'sched',
  evt_compat: 'evt',
  dm_op: 'hvm',
  phys_compat: 'phys',
};

/** Lines `name TAB result TAB errno TAB details`, and `# probe … mode=M` where a new process starts. */
export function parseRecording(text: string): Answer[] {
  const answers: Answer[] = [];
  let mode = '';
  for (const line of text.split('\n')) {
    const head = /^# probe .*\bmode=(\S+)/.exec(line);
    if (head) mode = head[1] ?? '';
    const [probe = '', result = '', errno = '', details = ''] = line.split('\t');
    if (line.startsWith('#') || errno === '') continue;
    const first = probe.split('.', 1)[0] ?? '';
    answers.push({ mode: mode || (modeOf[probe] ?? modeOf[first] ?? first), probe, result, errno, details });
  }
  return answers;
}

/** The modes in which the answers were recorded, in order. */
export function modesOf(answers: readonly Answer[]): string[] {
  return [...new Set(answers.map(({ mode }) => mode))];
}

function same(a: Answer, b: Answer): boolean {
  if (a.result !== b.result || a.errno !== b.errno) return false;
  return stable(a.probe, a.details) === stable(b.probe, b.details);
}

/**
 * The expected answers that are missing. A probe's name may occur several times, and a recording may lack some of them: answers
 * of that name then count as equal if they occur in the same order.
 */
export function compare(expected: readonly Answer[], got: readonly Answer[]): Difference[] {
  const found = new Map<string, Answer[]>();
  for (const answer of got) {
    const key = `${answer.mode} ${answer.probe}`;
    const list = found.get(key);
    if (list === undefined) found.set(key, [answer]);
    else list.push(answer);
  }
  const differences: Difference[] = [];
  for (const answer of expected) {
    const rest = found.get(`${answer.mode} ${answer.probe}`) ?? [];
    const at = rest.findIndex((each) => same(answer, each));
    if (at < 0) differences.push({ expected: answer, got: rest[0] });
    else rest.splice(0, at + 1);
  }
  return differences;
}
