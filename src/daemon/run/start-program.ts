import { closeSync, existsSync } from 'node:fs';
import { say } from '../../language/say.ts';
import { SYS } from '../../linux/arch/x86-64/system-calls.ts';
import { ChildCalls, type Result } from '../../linux/child-calls.ts';
import { errno, errnoName } from '../../linux/errno.ts';
import { tryComparing } from '../../linux/kcmp.ts';
import { pathCallFilter } from '../../linux/notified-calls/call-filter.ts';
import { deviceQuestion } from '../../linux/open-file.ts';
import { listenerArguments, PR_SET_NO_NEW_PRIVS } from '../../linux/seccomp.ts';
import type { Settings } from '../protocol/settings.ts';
import { filterRefusal } from '../transport/filter-refusal.ts';
import { privcmdFilter } from '../transport/privcmd-filter.ts';
import { becomeProgram, endWithParent, type Program } from './become-program.ts';
import { Child } from './child.ts';
import { containerAdvice } from './container-advice.ts';
import { LeftView, openView } from './left-view.ts';
import { MadeView } from './made-view.ts';
import { addPrivateView, type ViewOptions } from './private-view.ts';
import { mayMount } from './privileges.ts';
import { MountStuck, NotExecuted, RunError, ViewRefused } from './run-error.ts';
import type { StartedWith } from './started-with.ts';

/**
 * Transport of hypercalls: FUSE, seccomp notifications, or the latter if available. `seccomp-only`: there is no mount, so calls with file
 * names are notifications too.
 */
export type TransportSetting = 'fuse' | 'seccomp' | 'seccomp-only' | 'auto';

export interface ProgramOptions {
  command: readonly string[];
  started: StartedWith;
  /** A private view to be made, or a shared one. Undefined: no view; the program's calls are answered without a mount. */
  view: ViewOptions | MadeView | undefined;
  transport: TransportSetting;
  /** Of the hypervisor, if it is the program's own. */
  settings?: Pick<Settings, 'hypercalls' | 'explain'>;
}

/** What the seccomp transport needs. */
export interface SeccompParts {
  /** Receives the program's hypercalls. Undefined: busy processes get listeners later. */
  listener?: number;
  /** Device number of the mount. */
  device: number;
}

export interface StartedProgram {
  child: Child;
  /** The view, for processes that outlive the program and its hypervisor. */
  left?: LeftView;
  seccomp?: SeccompParts;
  /** Why there is no listener, although one was requested. */
  noListener?: string;
}

/** Starts the program in its view. Throws NotExecuted or RunError. */
export function startProgram(options: ProgramOptions): StartedProgram {
  return prepareProgram(options)();
}

/** Does every step that needs no running hypervisor, and returns a function for the rest. Throws RunError. */
export function prepareProgram({ command, started, view, ...options }: ProgramOptions): () => StartedProgram {
  if (view === undefined) return () => startWithoutView(command, started);
  const { transport: wanted, settings } = options;
  const comparing = wanted === 'fuse' ? 0 : tryComparing();
  const hindrance =
    comparing < 0
      ? say('cannot compare open files: {error} (kcmp, pidfd_getfd)', { error: errnoName(comparing) })
      : undefined;
  if (hindrance !== undefined && wanted === 'seccomp')
    throw new RunError(say('--transport seccomp: {hindrance}. --transport fuse needs neither.', { hindrance }));
  const transport = hindrance === undefined ? wanted : 'fuse';
  const calls = new ChildCalls();
  endWithParent(calls); // from now on: a call may wait for this process's mount
  const { descriptors, installed } = addView(calls, view, filterNow(transport, settings));
  const shown = deviceQuestion(SHOWN);
  if (transport !== 'fuse') calls.must(`look at ${SHOWN}`, SYS.statx, ...shown.args);
  const program = becomeProgram(calls, command, started);
  calls.prepare();
  return () => {
    const child = calls.start();
    const listener = installed && calls.resultOf(installed);
    if (child.pid <= 0) {
      if (descriptors !== undefined) new LeftView(calls, descriptors).close();
      if (listener !== undefined && listener >= 0) closeSync(listener);
      if (child.failure === undefined) throw notExecuted(command[0] ?? '', program, calls);
      const { what, errno: number } = child.failure;
      if (REFUSALS.includes(number) && what !== INSTALL_FILTER)
        throw new ViewRefused(say('cannot {what}: {advice}', { what, advice: errnoName(number) }));
      if (number === errno.EIO) throw new MountStuck(say('cannot {what}: {advice}', { what, advice: 'EIO' }));
      const advice =
        what === INSTALL_FILTER
          ? say('{error}. --transport fuse needs no seccomp.', { error: filterRefusal(number) })
          : errnoName(number);
      throw new RunError(
        `${what === INSTALL_FILTER ? '--transport seccomp: ' : ''}${say('cannot {what}: {advice}', { what, advice })}`,
      );
    }
    return {
      child: new Child(child),
      ...(descriptors !== undefined && { left: new LeftView(calls, descriptors) }),
      ...(transport !== 'fuse' &&
        (listener ?? 0) >= 0 && {
          seccomp: { device: shown.read(), ...(listener !== undefined && { listener }) },
        }),
      ...(hindrance !== undefined && { noListener: hindrance }),
      ...(listener !== undefined &&
        listener < 0 && {
          noListener: say('cannot {what}: {advice}', { what: INSTALL_FILTER, advice: filterRefusal(-listener) }),
        }),
    };
  };
}

/** What the child also opens in this process. */
interface Shared {
  descriptors?: ReturnType<typeof openView>;
  installed?: Result;
}

/** Whether the child installs the filter; with `may`, the program also starts if that fails. */
type FilterNow = 'must' | 'may' | 'no';

/**
 * With `auto`, the filter is usually installed later, and only in processes that make many hypercalls. A program with hypercall files or
 * explanations has it from the start: only a filter notices a hypercall on a wrong descriptor, and only with a filter a program under strace
 * or gdb gets ENOSYS.
 */
function filterNow(transport: TransportSetting, settings: ProgramOptions['settings']): FilterNow {
  if (transport === 'seccomp') return 'must';
  return transport === 'auto' && (settings?.explain || settings?.hypercalls.length) ? 'may' : 'no';
}

/** Calls with which the child enters or makes its view, and installs the filter. */
function addView(calls: ChildCalls, view: ViewOptions | MadeView, filter: FilterNow): Shared {
  const shared: Shared = {};
  const share = () => {
    if (!(view instanceof MadeView) && view.fuse !== undefined) shared.descriptors = openView(calls);
    if (filter !== 'no') shared.installed = installListener(calls, filter);
  };
  if (view instanceof MadeView) view.enter(calls, share);
  else addPrivateView(calls, view, share);
  return shared;
}

/** Errors of mount(2) and unshare(2) where a capability, a filter or a security module forbids them, or FUSE is missing. */
const REFUSALS: readonly number[] = [errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENODEV];

/** Ioctl types of privcmd and evtchn (the second byte of the command). */
const IOCTL_TYPES = ['P', 'E'].map((letter) => letter.charCodeAt(0));

/** Starts the program with a listener for all calls that name files. Throws NotExecuted or RunError. */
function startWithoutView(command: readonly string[], started: StartedWith): StartedProgram {
  const calls = new ChildCalls();
  const filter = pathCallFilter(IOCTL_TYPES);
  calls.hold(filter);
  const { program: code, operation, flags } = listenerArguments(filter);
  // Without CAP_SYS_ADMIN the kernel accepts filters only from a process with no_new_privs.
  if (!mayMount()) calls.must('give up setuid programs', SYS.prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  const installed = calls.must(INSTALL_FILTER, SYS.seccomp, operation, flags, code);
  const program = becomeProgram(calls, command, started);
  const child = calls.start();
  const listener = calls.resultOf(installed) ?? -1;
  if (child.pid <= 0) {
    if (listener >= 0) closeSync(listener);
    if (child.failure === undefined) throw notExecuted(command[0] ?? '', program, calls);
    const { what, errno: number } = child.failure;
    const reason = what === INSTALL_FILTER ? filterRefusal(number) : errnoName(number);
    throw new RunError(
      say('without a mount: cannot {what}: {advice}', { what, advice: `${reason}. ${containerAdvice(reason)}` }),
    );
  }
  return { child: new Child(child), seccomp: { listener, device: -1 } };
}

/** Parts of the mount that every view shows. */
const SHOWN = '/proc/xen';

const INSTALL_FILTER = 'install a seccomp filter';

/** The child shares this process's descriptor table until later, so its descriptor is also valid here. */
function installListener(calls: ChildCalls, how: 'must' | 'may'): Result {
  const filter = privcmdFilter();
  calls.hold(filter);
  const { program, operation, flags } = listenerArguments(filter);
  return how === 'may'
    ? calls.may(SYS.seccomp, operation, flags, program)
    : calls.must(INSTALL_FILTER, SYS.seccomp, operation, flags, program);
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
    const advice = error === errno.E2BIG ? say('. Its arguments and environment are larger than Linux allows.') : '';
    return new NotExecuted(say('cannot run {name}: {error}{advice}', { name, error: errnoName(error), advice }), 126);
  }
  if (paths.some((path) => existsSync(path)))
    return new NotExecuted(
      say('cannot run {name}: ENOENT. The interpreter in its first line is missing.', { name }),
      127,
    );
  const place = name.includes('/') ? say('There is no such file.') : say('It is not on the PATH.');
  return new NotExecuted(say('cannot run {name}: ENOENT. {place}', { name, place }), 127);
}
