import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { inheritedFileLimit } from '../../linux/exec.ts';
import { packageRoot } from '../../package/place.ts';

/**
 * The variables in which the shell script before Node (src/cli/started-with.sh) records the state at Fauxen's start: Node loses some of
 * it, and a shell changes the environment. This one: masks of blocked and ignored signals, soft limit on open files, descriptors.
 */
const STARTED_WITH = 'FAUXEN_STARTED_WITH';
/** Limits that the script raised: RESOURCE:SOFT:HARD, with the kernel's numbers (asm-generic/resource.h), separated by spaces. */
const LIMITS = 'FAUXEN_LIMITS';
/** The environment as base64, in variables numbered from 0. */
const ENVIRONMENT = 'FAUXEN_ENVIRONMENT_';

/** The process state that the program would inherit if it were started instead of Fauxen. */
export interface StartedWith {
  /** Environment entries NAME=value, unchanged. */
  environment: Uint8Array[];
  /** Open descriptors other than 0, 1 and 2. */
  descriptors: number[];
  /** Which of 0, 1 and 2 are not open. */
  closed: number[];
  /** Numbers of signals. */
  ignored: number[];
  /** A mask. */
  blocked: bigint;
  /** Soft limit on open files. */
  fileLimit: number;
  /** Limits to be restored. */
  limits: ResourceLimit[];
}

/** The limits of a resource, by the kernel's number. */
export interface ResourceLimit {
  resource: number;
  soft: bigint;
  hard: bigint;
}

/** Must be called before this process opens files. */
export function startedWith(environment: NodeJS.ProcessEnv = process.env): StartedWith {
  const recorded = parse(environment[STARTED_WITH]);
  return {
    environment: originalEnvironment(environment),
    descriptors: recorded?.descriptors.filter((fd) => fd > 2) ?? likelyDescriptors(),
    closed: recorded === undefined ? [] : [0, 1, 2].filter((fd) => !recorded.descriptors.includes(fd)),
    ignored: signalsIn(recorded?.ignored ?? 0n),
    blocked: recorded?.blocked ?? 0n,
    fileLimit: recorded?.fileLimit ?? inheritedFileLimit(),
    limits: raisedLimits(environment[LIMITS]),
  };
}

/** The numbers of the signals that this process was to ignore from the start. */
export function ignoredSignals(environment: NodeJS.ProcessEnv = process.env): number[] {
  return signalsIn(parse(environment[STARTED_WITH])?.ignored ?? 0n);
}

interface RecordedState {
  blocked: bigint;
  ignored: bigint;
  fileLimit: number;
  descriptors: number[];
}

/** Parses `0000000000000000 0000000000000001 1024 0,1,2`; the limit may be `unlimited`. */
function parse(text: string | undefined): RecordedState | undefined {
  const form = /^([0-9a-f]{1,16}) ([0-9a-f]{1,16}) (\d+|unlimited) ((?:\d+,?)*)$/;
  const [, blocked, ignored, limit, list] = form.exec(text ?? '') ?? [];
  if (list === undefined) return undefined;
  return {
    blocked: BigInt(`0x${blocked}`),
    ignored: BigInt(`0x${ignored}`),
    fileLimit: limit === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(limit),
    descriptors: list.split(',').filter(Boolean).map(Number),
  };
}

/** RLIM_INFINITY */
const UNLIMITED = 2n ** 64n - 1n;

function raisedLimits(text = ''): ResourceLimit[] {
  const value = (word = '') => (word === 'unlimited' ? UNLIMITED : BigInt(word));
  return [...text.matchAll(/(\d+):(\d+|unlimited):(\d+|unlimited)/g)].map(([, resource, soft, hard]) => ({
    resource: Number(resource),
    soft: value(soft),
    hard: value(hard),
  }));
}

function signalsIn(mask: bigint): number[] {
  return Array.from({ length: 64 }, (_, index) => index + 1).filter((signal) => (mask >> BigInt(signal - 1)) & 1n);
}

/** Reads the environment as bytes: Node's process.env decodes UTF-8 only, and a shell drops names that are invalid for it. */
function originalEnvironment(environment: NodeJS.ProcessEnv): Uint8Array[] {
  const parts: string[] = [];
  for (let part = environment[`${ENVIRONMENT}0`]; part !== undefined; ) {
    parts.push(part);
    part = environment[`${ENVIRONMENT}${parts.length}`];
  }
  if (parts.length > 0) return splitAtNul(Buffer.from(parts.join(''), 'base64'));
  const isOurs = (entry: Buffer) => /^FAUXEN_(STARTED_WITH|LIMITS|ENVIRONMENT_\d+)=/.test(entry.toString('latin1'));
  return splitAtNul(readFileSync('/proc/self/environ')).filter((entry) => !isOurs(entry));
}

/** Puts directories in front of an environment's PATH. */
export function prependToPath(environment: Uint8Array[], directories: readonly string[]): void {
  const at = environment.findIndex((entry) => Buffer.from(entry).toString('latin1').startsWith('PATH='));
  const before = at < 0 ? '/usr/bin:/bin' : Buffer.from(environment[at]!).toString('latin1').slice('PATH='.length);
  const entry = Buffer.concat([Buffer.from(`PATH=${directories.join(':')}:`), Buffer.from(before, 'latin1')]);
  environment.splice(at < 0 ? environment.length : at, 1, entry);
}

/** The arguments of this process's command line, as bytes. */
export function originalArguments(): Uint8Array[] {
  return splitAtNul(readFileSync('/proc/self/cmdline'));
}

/** Each part ends with a NUL; a part may be empty. */
function splitAtNul(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let start = 0; start < bytes.length; ) {
    const nul = bytes.indexOf(0, start);
    const end = nul < 0 ? bytes.length : nul;
    found.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return found;
}

/** Files that Node keeps open. */
const NODES = ['/dev/null', process.execPath];

/**
 * The fallback without the shell script (`node dist/cli/main.js`): all open descriptors except those that look like Node's own, which are
 * event queues, pipes with both ends here, and files of its code.
 */
function likelyDescriptors(): number[] {
  const targets = new Map<number, string>();
  for (const name of readdirSync('/proc/self/fd')) {
    try {
      targets.set(Number(name), readlinkSync(`/proc/self/fd/${name}`));
    } catch {
      // the descriptor of the listing itself
    }
  }
  const isSingle = (target: string) => [...targets.values()].filter((each) => each === target).length === 1;
  return [...targets]
    .filter(([fd, target]) => fd > 2 && !target.startsWith('anon_inode:') && !target.startsWith(`${packageRoot}/`))
    .filter(([, target]) => (target.startsWith('pipe:') ? isSingle(target) : !NODES.includes(target)))
    .map(([fd]) => fd);
}
