import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What is passed on to the program. */
const relayed = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGQUIT',
  'SIGUSR1',
  'SIGUSR2',
  'SIGWINCH',
  'SIGCONT',
  'SIGTSTP',
] as const;

/** What a terminal sends to its whole foreground process group: the program has got those already. */
const fromTerminal: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT', 'SIGTSTP', 'SIGWINCH']);

/**
 * Passes the signals that this process gets on to the program. While fauxen is in the foreground of a terminal, those that a
 * terminal sends are taken to come from it; Node does not tell who sent a signal.
 */
export function relaySignals(child: ChildProcess): void {
  for (const signal of relayed) {
    process.on(signal, () => {
      if (!(fromTerminal.has(signal) && isInForeground())) child.kill(signal);
      // Stops together with its program, so that a shell sees its job stop. SIGCONT then reaches both, or is passed on.
      if (signal === 'SIGTSTP') process.kill(process.pid, 'SIGSTOP');
    });
  }
}

/** Whether this process belongs to the foreground process group of its terminal (proc(5), stat: pgrp and tpgid). */
function isInForeground(): boolean {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[2] === fields[5];
}
