import * as ptrace from '../linux/process/ptrace.ts';
import { readProc } from '../linux/read-proc.ts';
import { SIG } from '../linux/signals.ts';

/** Why a tracee stopped: a system call's entry or exit, a signal to be delivered, or another reason. */
export type Stop = { at: 'call' } | { at: 'signal'; signal: number } | { at: 'event' };

/** Decodes the result of the last wait. A thread that ended is reaped, unless it is a process that we started. */
export function lastStop(tid: number): Stop | 'gone' {
  const state = ptrace.lastState();
  if (!state) {
    if (parentOf(tid) !== process.pid) ptrace.reap(tid);
    return 'gone';
  }
  if (state.event !== 0) return { at: 'event' };
  return state.signal === (SIG.TRAP | 0x80) ? { at: 'call' } : { at: 'signal', signal: state.signal };
}

/** The parent of process `pid`; undefined for a thread that is not the first of its process. */
function parentOf(pid: number): number | undefined {
  const status = String(readProc(`/proc/${pid}/status`));
  const number = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]);
  return number('Tgid') === pid ? number('PPid') : undefined;
}
