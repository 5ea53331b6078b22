import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { ignoredSignals } from './ignored-signals.ts';

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
 * Passes the signals that this process gets on to the program; not those that it was started to ignore, which its program ignores
 * too. Of what a terminal sends, and the program has got already, only what somebody else sent is passed on.
 */
export function relaySignals(child: ChildProcess): void {
  const ignored = ignoredSignals();
  const origins = new Map<string, Origin>();
  for (const signal of relayed) {
    process.on(signal, () => {
      if (ignored.includes(constants.signals[signal])) return; // Node's default would be to end
      if (!(fromTerminal.has(signal) && isInForeground()) || origins.get(signal)?.isNew()) child.kill(signal);
      // Stops together with its program, so that a shell sees its job stop. SIGCONT then reaches both, or is passed on.
      if (signal === 'SIGTSTP') process.kill(process.pid, 'SIGSTOP');
    });
  }
  if (hasTerminal()) void watchOrigins(origins).catch(() => {}); // no way to tell: then they are taken for the terminal's
}

/** How many signals of a kind other processes have sent. */
class Origin {
  private readonly sent: () => number;
  private seen = 0;

  constructor(sent: () => number) {
    this.sent = sent;
  }

  /** Whether there were more since it was last asked. */
  isNew(): boolean {
    const before = this.seen;
    this.seen = this.sent();
    return this.seen !== before;
  }
}

/** Later, since nobody signals at once: start-up is part of the product. */
async function watchOrigins(origins: Map<string, Origin>): Promise<void> {
  const { countSentSignals } = await import('../../linux/signal-origin.ts');
  for (const signal of fromTerminal) {
    const sent = countSentSignals(constants.signals[signal as NodeJS.Signals]); // they are names of signals
    if (sent !== undefined) origins.set(signal, new Origin(sent));
  }
}

/** Whether this process belongs to the foreground process group of its terminal (proc(5), stat: pgrp and tpgid). */
function isInForeground(): boolean {
  const { group, foreground } = groups();
  return group === foreground;
}

function hasTerminal(): boolean {
  return groups().foreground !== '-1';
}

function groups(): { group: string | undefined; foreground: string | undefined } {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { group: fields[2], foreground: fields[5] };
}
