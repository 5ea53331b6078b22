import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { inheritedFileLimit } from '../../linux/exec.ts';
import { packageRoot } from '../../package/place.ts';

/**
 * The variables in which the shell lines before Node (src/cli/started-with.sh) say what Fauxen was started with: Node forgets some of
 * it, and a shell changes the environment. This one: masks of blocked and ignored signals, soft limit on open files, descriptors.
 */
const STARTED_WITH = 'FAUXEN_STARTED_WITH';
/** The environment as base64, in variables numbered from 0. */
const ENVIRONMENT = 'FAUXEN_ENVIRONMENT_';

/** What a program would have found had it been started in Fauxen's place. */
export interface StartedWith {
  /** NAME=value, as they are. */
  environment: Uint8Array[];
  /** Open ones beside 0, 1 and 2. */
  descriptors: number[];
  /** Those of 0, 1 and 2 that are not open. */
  closed: number[];
  /** Numbers of signals. */
  ignored: number[];
  /** A mask. */
  blocked: bigint;
  /** Soft limit on open files. */
  fileLimit: number;
}

/** To be asked before this process opens files of its own. */
export function startedWith(environment: NodeJS.ProcessEnv = process.env): StartedWith {
  const told = parse(environment[STARTED_WITH]);
  return {
    environment: originalEnvironment(environment),
    descriptors: told?.descriptors.filter((fd) => fd > 2) ?? likelyDescriptors(),
    closed: told === undefined ? [] : [0, 1, 2].filter((fd) => !told.descriptors.includes(fd)),
    ignored: signalsIn(told?.ignored ?? 0n),
    blocked: told?.blocked ?? 0n,
    fileLimit: told?.fileLimit ?? inheritedFileLimit(),
  };
}

/** The numbers of the signals that this process was to ignore from the start. */
export function ignoredSignals(environment: NodeJS.ProcessEnv = process.env): number[] {
  return signalsIn(parse(environment[STARTED_WITH])?.ignored ?? 0n);
}

interface Told {
  blocked: bigint;
  ignored: bigint;
  fileLimit: number;
  descriptors: number[];
}

/** As `0000000000000000 0000000000000001 1024 0,1,2`; `unlimited` may stand for the limit. */
function parse(text: string | undefined): Told | undefined {
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

function signalsIn(mask: bigint): number[] {
  return Array.from({ length: 64 }, (_, index) => index + 1).filter((signal) => (mask >> BigInt(signal - 1)) & 1n);
}

/** Byte by byte: Node's process.env knows UTF-8 only, and a shell leaves out names that are none to it. */
function originalEnvironment(environment: NodeJS.ProcessEnv): Uint8Array[] {
  const parts: string[] = [];
  for (let part = environment[`${ENVIRONMENT}0`]; part !== undefined; ) {
    parts.push(part);
    part = environment[`${ENVIRONMENT}${parts.length}`];
  }
  if (parts.length > 0) return splitAtNul(Buffer.from(parts.join(''), 'base64'));
  const isOurs = (entry: Buffer) => /^FAUXEN_(STARTED_WITH|ENVIRONMENT_\d+)=/.test(entry.toString('latin1'));
  return splitAtNul(readFileSync('/proc/self/environ')).filter((entry) => !isOurs(entry));
}

/** Puts directories in front of an environment's PATH. */
export function prependToPath(environment: Uint8Array[], directories: readonly string[]): void {
  const at = environment.findIndex((entry) => Buffer.from(entry).toString('latin1').startsWith('PATH='));
  const before = at < 0 ? '/usr/bin:/bin' : Buffer.from(environment[at]!).toString('latin1').slice('PATH='.length);
  const entry = Buffer.concat([Buffer.from(`PATH=${directories.join(':')}:`), Buffer.from(before, 'latin1')]);
  environment.splice(at < 0 ? environment.length : at, 1, entry);
}

/** The words of this process's command line, byte by byte. */
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
 * Where nobody said (`node dist/cli/main.js`): the open descriptors that do not look like Node's own, which are event queues, pipes
 * with both ends here, and files of its code.
 */
function likelyDescriptors(): number[] {
  const targets = new Map<number, string>();
  for (const name of readdirSync('/proc/self/fd')) {
    try {
      targets.set(Number(name), readlinkSync(`/proc/self/fd/${name}`));
    } catch {
      // that of the listing itself
    }
  }
  const isSingle = (target: string) => [...targets.values()].filter((each) => each === target).length === 1;
  return [...targets]
    .filter(([fd, target]) => fd > 2 && !target.startsWith('anon_inode:') && !target.startsWith(`${packageRoot}/`))
    .filter(([, target]) => (target.startsWith('pipe:') ? isSingle(target) : !NODES.includes(target)))
    .map(([fd]) => fd);
}
