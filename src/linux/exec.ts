import { readFileSync } from 'node:fs';
import { SYS } from './arch/x86-64/system-calls.ts';
import { addressOf, libc, result, systemCall } from './libc.ts';
import { resetSignals } from './signals.ts';

const F_GETFD = 1;
const F_SETFD = 2;
const FD_CLOEXEC = 1;
const RLIMIT_NOFILE = 7;
/** The usual soft limit on open files: the kernel's default for init, and systemd's for every service. */
const USUAL_FILE_LIMIT = 1024;

const libcExecve: (path: string, argv: (string | null)[], environment: (string | null)[]) => number = libc.func(
  'int execve(const char *path, const char **argv, const char **environment)',
);

/** Lets a descriptor survive execve, or not; 0 or -errno. Node opens all of its own, and 0 to 2, with close-on-exec. */
function setCloseOnExec(fd: number, close: boolean): number {
  const flags = systemCall(SYS.fcntl, fd, F_GETFD);
  return flags < 0 ? flags : systemCall(SYS.fcntl, fd, F_SETFD, close ? flags | FD_CLOEXEC : flags & ~FD_CLOEXEC);
}

/** Sets this process's soft limit on open files, leaving the hard one; 0 or -errno. */
function setFileLimit(soft: number): number {
  return systemCall(SYS.prlimit64, 0, RLIMIT_NOFILE, addressOf(fileLimits(soft)), 0);
}

/** struct rlimit64 with this soft limit on open files, or the hard limit if that is lower, and this process's hard limit. */
export function fileLimits(soft: number): BigUint64Array {
  const limit = new BigUint64Array(2);
  systemCall(SYS.prlimit64, 0, RLIMIT_NOFILE, 0, addressOf(limit));
  limit[0] = BigInt(soft) < limit[1]! ? BigInt(soft) : limit[1]!;
  return limit;
}

/**
 * The soft limit on open files that a program started here would have had without Node, which raises its own to the hard limit. It is the
 * parent's (usually a shell's), or the usual limit if the parent cannot be read or is Node too.
 */
export function inheritedFileLimit(parent: number = process.ppid): number {
  try {
    const [, soft, hard] = /^Max open files\s+(\d+)\s+(\d+)/m.exec(readFileSync(`/proc/${parent}/limits`, 'utf8'))!;
    return soft === hard ? USUAL_FILE_LIMIT : Number(soft);
  } catch {
    return USUAL_FILE_LIMIT;
  }
}

export interface ExecOptions {
  /** Descriptors that the program inherits in addition to 0, 1 and 2. */
  keep?: readonly number[];
  /** Soft limit on open files; default: the limit from before Node raised it. */
  fileLimit?: number;
  /** Signals that the program ignores at start; all others have their default action. */
  ignored?: readonly number[];
  environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Replaces this process by the program at `path` (a path, not a name to look up), with the signals, descriptors and file limit that a shell
 * would give it. Does not return on success. Returns -errno on failure (ENOENT, EACCES, ENOEXEC): this process should then report it and
 * end, because its signals are reset. Must be called on the main thread.
 */
export function exec(path: string, argv: readonly string[], options: ExecOptions = {}): number {
  const environment: (string | null)[] = [];
  for (const [name, value] of Object.entries(options.environment ?? process.env)) {
    if (value !== undefined) environment.push(`${name}=${value}`);
  }
  environment.push(null);
  for (const fd of [0, 1, 2, ...(options.keep ?? [])]) setCloseOnExec(fd, false);
  setFileLimit(options.fileLimit ?? inheritedFileLimit());
  resetSignals(options.ignored);
  return result(libcExecve(path, [...argv, null], environment));
}
