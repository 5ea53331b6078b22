import { shutdownReasons } from '../xen/domain/domain.ts';

/** The ways in which a guest may shut itself down. */
export const scriptedEnds = ['poweroff', 'reboot', 'crash'] as const;
export type ScriptedEnd = (typeof scriptedEnds)[number];

/** An answer to typed lines. */
export interface Answer {
  /** The typed line. A star at the end matches the rest of it. */
  readonly line: string;
  readonly say?: string;
  /** The guest then shuts down with this reason. */
  readonly shutdown?: ScriptedEnd;
}

/** The script of a guest's console. Texts may contain facts of the guest: see `Facts`. */
export interface ConsoleScript {
  /** Printed once, at the start. */
  readonly text?: string;
  /** Printed after it, and after each answer. */
  readonly prompt?: string;
  /** The first match counts; a line without a match is ignored. */
  readonly answers?: readonly Answer[];
  /** The guest shuts down once its text is written. */
  readonly shutdown?: ScriptedEnd;
}

/** Facts that a text may name in braces, such as {domid}. */
export type Facts = Readonly<
  Record<'domid' | 'type' | 'memory' | 'vcpus' | 'cmdline' | 'line' | 'rest', string | number>
>;

/** The answer to a line, an empty one if there is none, and the text that the star matched. */
export function answerTo({ answers = [] }: ConsoleScript, line: string): { answer: Answer; rest: string } {
  for (const answer of answers) {
    if (answer.line === line) return { answer, rest: '' };
    if (!answer.line.endsWith('*')) continue;
    const start = answer.line.slice(0, -1);
    if (line.startsWith(start)) return { answer, rest: line.slice(start.length) };
  }
  return { answer: { line }, rest: '' };
}

/** Prepares a text for the terminal. Unknown names in braces are kept. */
export function fillIn(text: string, facts: Facts): string {
  return text.replace(/\r?\n/g, '\r\n').replace(/\{([a-z]+)\}/g, (whole, name: string) => {
    return Object.hasOwn(facts, name) ? String(facts[name as keyof Facts]) : whole; // hasOwn does not narrow
  });
}

export const reasonOf = (end: ScriptedEnd): number => shutdownReasons[end];

/** The script of a guest that the tools built, unless a scenario defines another. */
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
