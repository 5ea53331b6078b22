import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { Child } from './child.ts';
import { GroupWitness } from './group-witness.ts';

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
 * Passes the signals that this process gets on to the program; not those that it was started to ignore, which its program ignores too,
 * nor those that went to their whole process group, as a terminal's do. Stops together with its program, so that a shell sees its job
 * stop; SIGCONT then reaches both, or is passed on.
 */
export class SignalRelay {
  readonly #witness = hasTerminal() ? GroupWitness.start() : undefined;
  #child: Child | undefined;

  /** From now on signals are kept for the program: to be made right before it is started. */
  constructor(ignored: readonly number[]) {
    for (const signal of relayed) {
      const isIgnored = ignored.includes(constants.signals[signal]);
      process.on(signal, () => {
        if (!isIgnored && !this.#wentToGroup(signal)) this.#child?.kill(signal); // ignored: Node's default would be to end
      });
    }
  }

  /** To be called in the turn of the event loop in which the program was started. */
  to(child: Child): void {
    this.#child = child;
    child.onStop = () => process.kill(process.pid, 'SIGSTOP');
    void child.ended.then(() => this.#witness?.end());
  }

  #wentToGroup(signal: (typeof relayed)[number]): boolean {
    if (this.#witness?.running) return this.#witness.saw(constants.signals[signal]);
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
