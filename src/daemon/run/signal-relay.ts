import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { Child } from './child.ts';
import { GroupWitness } from './group-witness.ts';

/** Signals that are forwarded to the program. */
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

/** Signals that a terminal sends to its whole foreground process group: the program has already got them. */
const fromTerminal: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT', 'SIGTSTP', 'SIGWINCH']);

const ending: ReadonlySet<string> = new Set(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']);

/**
 * Forwards signals from this process to the program, except signals that were ignored at the start, which the program ignores too, and
 * signals to the whole process group, such as a terminal's. Stops when the program stops, so that a shell sees its job stop; SIGCONT then
 * reaches both, or is forwarded.
 */
export class SignalRelay {
  readonly #witness = hasTerminal() ? GroupWitness.start() : undefined;
  #child: Child | undefined;
  /** Called at each signal that usually ends a program, whether it is forwarded or has reached the program already. */
  onEnding: (() => void) | undefined;

  /** Starts collecting signals for the program. Must be constructed right before the program starts. */
  constructor(ignored: readonly number[]) {
    for (const signal of relayed) {
      const isIgnored = ignored.includes(constants.signals[signal]);
      process.on(signal, () => {
        if (isIgnored) return; // Node's default would be to end
        if (!this.#wasSentToGroup(signal)) this.#child?.kill(signal);
        if (ending.has(signal)) this.onEnding?.();
      });
    }
  }

  /** Must be called in the event loop turn that started the program. */
  to(child: Child): void {
    this.#child = child;
    child.onStop = () => process.kill(process.pid, 'SIGSTOP');
    void child.ended.then(() => this.#witness?.end());
  }

  #wasSentToGroup(signal: (typeof relayed)[number]): boolean {
    if (this.#witness?.running) return this.#witness.received(constants.signals[signal]);
    return fromTerminal.has(signal) && isInForeground();
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
