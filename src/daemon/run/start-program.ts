import { existsSync } from 'node:fs';
import { IOCTL_PRIVCMD_HYPERCALL } from '../../drivers/privcmd/ioctls.ts';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import { ChildCalls, type Result } from '../../linux/child-calls.ts';
import { errno, errnoName } from '../../linux/errno.ts';
import { tryComparing } from '../../linux/kcmp.ts';
import { deviceQuestion } from '../../linux/open-file.ts';
import { ioctlFilter, listenerArguments } from '../../linux/seccomp.ts';
import { becomeProgram, type Program } from './become-program.ts';
import { Child } from './child.ts';
import { LeftView, openView } from './left-view.ts';
import { MadeView } from './made-view.ts';
import { addPrivateView, type ViewOptions } from './private-view.ts';
import { NotExecuted, RunError } from './run-error.ts';
import type { StartedWith } from './started-with.ts';

/** Transport of hypercalls: FUSE, seccomp notifications, or the latter if available. */
export type DoorSetting = 'fuse' | 'seccomp' | 'auto';

export interface ProgramOptions {
  command: readonly string[];
  started: StartedWith;
  /** A private view to be made, or a shared one. */
  view: ViewOptions | MadeView;
  door: DoorSetting;
}

/** The seccomp listener that receives the program's hypercalls, and the device number of the mount. */
export interface Door {
  listener: number;
  device: number;
}

export interface StartedProgram {
  child: Child;
  /** The view, for processes that outlive the program and its hypervisor. */
  left?: LeftView;
  opened?: Door;
  /** Why there is no listener, although one was requested. */
  noDoor?: string;
}

/** Starts the program in its view. Throws NotExecuted or RunError. */
export function startProgram({ command, started, view, door: wanted }: ProgramOptions): StartedProgram {
  const comparing = wanted === 'fuse' ? 0 : tryComparing();
  const hindrance =
    comparing < 0 ? `cannot compare open files: ${errnoName(comparing)} (kcmp, pidfd_getfd)` : undefined;
  if (hindrance !== undefined && wanted === 'seccomp')
    throw new RunError(`--door seccomp: ${hindrance}. --door fuse needs neither.`);
  const door = hindrance === undefined ? wanted : 'fuse';
  const calls = new ChildCalls();
  if (view instanceof MadeView) view.enter(calls);
  else addPrivateView(calls, view);
  const descriptors = !(view instanceof MadeView) && view.fuse !== undefined ? openView(calls) : undefined;
  const shown = deviceQuestion(SHOWN);
  if (door !== 'fuse') calls.must(`look at ${SHOWN}`, SYS.statx, ...shown.args);
  const installed = door === 'fuse' ? undefined : installDoor(calls, door);
  const program = becomeProgram(calls, command, started);
  const child = calls.start();
  if (child.pid <= 0) {
    if (descriptors !== undefined) new LeftView(calls, descriptors).close();
    if (child.failure === undefined) throw notExecuted(command[0] ?? '', program, calls);
    const { what, errno: number } = child.failure;
    const advice = what === DOOR ? `${explain(number)}. --door fuse needs no seccomp.` : errnoName(number);
    throw new RunError(`${what === DOOR ? '--door seccomp: ' : ''}cannot ${what}: ${advice}`);
  }
  const listener = installed && calls.resultOf(installed);
  return {
    child: new Child(child),
    ...(descriptors !== undefined && { left: new LeftView(calls, descriptors) }),
    ...(listener !== undefined && listener >= 0 && { opened: { listener, device: shown.read() } }),
    ...(hindrance !== undefined && { noDoor: hindrance }),
    ...(listener !== undefined && listener < 0 && { noDoor: `cannot ${DOOR}: ${explain(-listener)}` }),
  };
}

/** Parts of the mount that every view shows. */
const SHOWN = '/proc/xen';

const DOOR = 'install a seccomp filter';

/** The child shares this process's descriptor table until later, so its descriptor is also valid here. */
function installDoor(calls: ChildCalls, door: 'seccomp' | 'auto'): Result {
  const filter = ioctlFilter(IOCTL_PRIVCMD_HYPERCALL);
  calls.hold(filter);
  const { program, operation, flags } = listenerArguments(filter);
  return door === 'auto'
    ? calls.may(SYS.seccomp, operation, flags, program)
    : calls.must(DOOR, SYS.seccomp, operation, flags, program);
}

function explain(number: number): string {
  const name = errnoName(number);
  if (name === 'EBUSY') return 'EBUSY: this process is filtered with a listener already';
  if (name === 'EACCES') return 'EACCES: no CAP_SYS_ADMIN in this user namespace';
  if (name === 'EINVAL') return 'EINVAL: Linux before 5.19';
  return name;
}

/** The error message, worded as in shells. */
function notExecuted(name: string, { paths, attempts }: Program, calls: ChildCalls): NotExecuted {
  const results = attempts.map((attempt) => -(calls.resultOf(attempt) ?? -errno.ENOENT));
  // EACCES may come from an inaccessible directory of the PATH, not from the program.
  const isThere = (index: number) => name.includes('/') || existsSync(paths[index]!);
  const isAbsent = (result: number) => result === errno.ENOENT || result === errno.ENOTDIR;
  const hindered = results.findIndex((result, index) => !isAbsent(result) && isThere(index));
  if (hindered >= 0) {
    const error = results[hindered]!;
    const advice = error === errno.E2BIG ? '. Its arguments and environment are larger than Linux allows.' : '';
    return new NotExecuted(`cannot run ${name}: ${errnoName(error)}${advice}`, 126);
  }
  if (paths.some((path) => existsSync(path)))
    return new NotExecuted(`cannot run ${name}: ENOENT. The interpreter in its first line is missing.`, 127);
  const place = name.includes('/') ? 'There is no such file.' : 'It is not on the PATH.';
  return new NotExecuted(`cannot run ${name}: ENOENT. ${place}`, 127);
}
