import { shutdownReasons } from '../xen/domain/domain.ts';

/** How a guest may go down by itself. */
export const scriptedEnds = ['poweroff', 'reboot', 'crash'] as const;
export type ScriptedEnd = (typeof scriptedEnds)[number];

/** An answer to lines that are typed. */
export interface Answer {
  /** The typed line. A star at the end matches the rest of it. */
  readonly line: string;
  readonly say?: string;
  /** The guest goes down for this reason. */
  readonly shutdown?: ScriptedEnd;
}

/** What a guest does on its console. Texts may name facts of the guest: see `Facts`. */
export interface ConsoleScript {
  /** Printed once, at the start. */
  readonly text?: string;
  /** Printed after it, and after each answer. */
  readonly prompt?: string;
  /** The first that matches counts; a line without one is passed over. */
  readonly answers?: readonly Answer[];
  /** The guest goes down once its text is written. */
  readonly shutdown?: ScriptedEnd;
}

/** What a text may name in braces: {domid}. */
export type Facts = Readonly<
  Record<'domid' | 'type' | 'memory' | 'vcpus' | 'cmdline' | 'line' | 'rest', string | number>
>;

/** The answer to a line, a silent one if there is none; and what the star stood for. */
export function answerTo({ answers = [] }: ConsoleScript, line: string): { answer: Answer; rest: string } {
  for (const answer of answers) {
    if (answer.line === line) return { answer, rest: '' };
    if (!answer.line.endsWith('*')) continue;
    const start = answer.line.slice(0, -1);
    if (line.startsWith(start)) return { answer, rest: line.slice(start.length) };
  }
  return { answer: { line }, rest: '' };
}

/** A text as it goes to a terminal. A name in braces that means nothing stays as it is. */
export function fillIn(text: string, facts: Facts): string {
  return text.replace(/\r?\n/g, '\r\n').replace(/\{([a-z]+)\}/g, (whole, name: string) => {
    return Object.hasOwn(facts, name) ? String(facts[name as keyof Facts]) : whole; // hasOwn does not narrow
  });
}

export const reasonOf = (end: ScriptedEnd): number => shutdownReasons[end];

/** Of a guest that the tools built, where no scenario says otherwise. */
export const builtGuestScript: ConsoleScript = {
  text: `Fauxen: a simulated guest, domain {domid}: {type}, {memory} MiB, {vcpus} vCPU
Fauxen: its kernel is in its memory but does not run; what speaks here is a script
Command line: {cmdline}
Type help for the lines it answers.
`,
  prompt: '# ',
  answers: [
    { line: '' },
    { line: 'help', say: 'help, uname, cat /proc/cmdline, echo TEXT, poweroff, reboot, crash\n' },
    { line: 'uname*', say: 'Fauxen (none) x86_64\n' },
    { line: 'cat /proc/cmdline', say: '{cmdline}\n' },
    { line: 'echo *', say: '{rest}\n' },
    { line: 'poweroff', say: 'Power down.\n', shutdown: 'poweroff' },
    { line: 'reboot', say: 'Restarting system.\n', shutdown: 'reboot' },
    { line: 'crash', say: 'Kernel panic - not syncing: the console asked for it\n', shutdown: 'crash' },
    { line: '*', say: '{line}: not found\n' },
  ],
};
