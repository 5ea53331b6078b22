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

/** How hypercalls come in: through FUSE, as seccomp notifications, or the latter where that can be had. */
export type DoorSetting = 'fuse' | 'seccomp' | 'auto';

export interface ProgramOptions {
  command: readonly string[];
  started: StartedWith;
  /** A view to be made for it alone, or one that is shared. */
  view: ViewOptions | MadeView;
  door: DoorSetting;
}

/** The seccomp listener, for which the program's hypercalls wait, and the device number of the mount. */
export interface Door {
  listener: number;
  device: number;
}

export interface StartedProgram {
  child: Child;
  /** The view of a hypervisor that ends with it, for those of its processes that outlive it. */
  left?: LeftView;
  opened?: Door;
  /** Why there is none, although one was wanted. */
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

/** What a view shows of the mount, always. */
const SHOWN = '/proc/xen';

const DOOR = 'install a seccomp filter';

/** Its descriptor is this process's too: the child leaves the common table later. */
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

/** As shells say it. */
function notExecuted(name: string, { paths, attempts }: Program, calls: ChildCalls): NotExecuted {
  const results = attempts.map((attempt) => -(calls.resultOf(attempt) ?? -errno.ENOENT));
  // A directory of the PATH may be closed to this user: that is not the program's.
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
