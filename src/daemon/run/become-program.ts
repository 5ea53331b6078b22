// The last system calls of a child before it executes the program: they restore the state that it would have without Fauxen.

import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import { type ChildCalls, type Result, stringArray } from '../../linux/child-calls.ts';
import { fileLimits } from '../../linux/exec.ts';
import { originalArguments, type StartedWith } from './started-with.ts';

const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;
const SIGSTOP = 19;
const LAST_SIGNAL = 64;
const SIG_SETMASK = 2;
const F_SETFD = 2;
const RLIMIT_NOFILE = 7;

/** Where execvp(3) searches without a PATH. */
const DEFAULT_PATH = '/bin:/usr/bin';

export interface Program {
  /** Candidate files, in the order in which they are tried. */
  paths: string[];
  /** The calls that execute them. */
  attempts: Result[];
}

/** The arguments byte by byte, as typed: Node decodes them as UTF-8. If they are not from the command line, they are encoded. */
function asTyped(command: readonly string[]): Uint8Array[] {
  const typed = originalArguments().slice(-command.length);
  const same = command.every((word, index) => Buffer.from(typed[index] ?? []).toString() === word);
  return same ? typed : command.map((word) => Buffer.from(word));
}

/** Finds a program as execvp(3) and shells do. */
function candidates(name: string, environment: readonly Uint8Array[]): string[] {
  if (name === '') return [];
  if (name.includes('/')) return [name];
  const variable = environment.map((entry) => Buffer.from(entry).toString()).find((entry) => entry.startsWith('PATH='));
  const directories = (variable?.slice('PATH='.length) ?? DEFAULT_PATH).split(':');
  return directories.map((directory) => `${directory === '' ? '.' : directory}/${name}`);
}

/** Adds the child's last calls. `dieWithParent`: the parent whose end also ends the child. */
export function becomeProgram(calls: ChildCalls, command: readonly string[], started: StartedWith): Program {
  calls.leaveDescriptors();
  for (const fd of [0, 1, 2]) {
    if (started.closed.includes(fd)) calls.may(SYS.close, fd);
    else calls.may(SYS.fcntl, fd, F_SETFD, 0);
  }
  // Node sets close-on-exec on them.
  for (const fd of started.descriptors) calls.may(SYS.fcntl, fd, F_SETFD, 0);
  calls.must('set the limit on open files', SYS.prlimit64, 0, RLIMIT_NOFILE, fileLimits(started.fileLimit), 0);
  for (const { resource, soft, hard } of started.limits)
    calls.must('set a limit again', SYS.prlimit64, 0, resource, BigUint64Array.of(soft, hard), 0);
  endWithParent(calls); // again: a change of credentials or of the user namespace ends that
  setSignals(calls, started);
  const argv = asTyped(command);
  const environment = stringArray(started.environment);
  const paths = candidates(command[0] ?? '', started.environment);
  const attempts = paths.map((path) => {
    const script = stringArray([Buffer.from('sh'), Buffer.from(path), ...argv.slice(1)]);
    return calls.execute(path, stringArray(argv), environment, script);
  });
  return { paths, attempts };
}

/** Ends the child together with this process: without it, the program would have no Xen. */
export function endWithParent(calls: ChildCalls): void {
  calls.must('be ended with fauxen', SYS.prctl, PR_SET_PDEATHSIG, SIGKILL);
  calls.mustBe(process.pid, 'have a parent', SYS.getppid);
}

/** Resets signal dispositions to the default, except for ignored ones, and sets the mask. */
export function setSignals(calls: ChildCalls, { ignored, blocked }: Pick<StartedWith, 'ignored' | 'blocked'>): void {
  // struct sigaction as the kernel has it: handler, flags, restorer, mask; all zero is SIG_DFL, a handler of 1 SIG_IGN.
  const byDefault = new BigUint64Array(4);
  const ignore = BigUint64Array.of(1n, 0n, 0n, 0n);
  for (let signal = 1; signal <= LAST_SIGNAL; signal++) {
    if (signal !== SIGKILL && signal !== SIGSTOP)
      calls.may(SYS.rt_sigaction, signal, ignored.includes(signal) ? ignore : byDefault, 0, 8);
  }
  calls.must('set the signal mask', SYS.rt_sigprocmask, SIG_SETMASK, BigUint64Array.of(blocked), 0, 8);
}
