import { accessSync, constants, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { say } from '../language/say.ts';

export interface Advice {
  /** Why the program cannot be run, and the exit status for that. */
  readonly refusal?: { readonly message: string; readonly status: number };
  /** Warnings about probable mistakes; the program still runs. */
  readonly warnings: readonly string[];
}

export interface AdviceFacts {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Names of the options of `run`. */
  readonly options: readonly string[];
  /** Whether the program has a dom0: its own, or that of an enclosing run. */
  readonly hasDom0: boolean;
  /** The PATH to search for programs. */
  readonly path: string;
}

/** Exit statuses of a shell. */
const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

/** Tools that need a xenstored, event channels or /dev/xen. */
const NEED_DOM0 = /^(xl|xentop|xenpm|xentrace|xenstore(-\w+)?|xenconsole|xen-\w+|xencov|xenwatchdogd|virsh)$/;
/** Programs that run other programs: options after them may belong to either. */
const RUNS_OTHERS =
  /^(fauxen|sh|bash|dash|zsh|env|sudo|nice|timeout|strace|gdb|valgrind|xargs|npx|node|python3?|perl)$/;

/** Finds probable mistakes in the user's command line. */
export function programAdvice({ command, options, hasDom0, path }: AdviceFacts): Advice {
  const [program = '', ...args] = command;
  const name = basename(program);
  const shown = command.join(' ');
  const warnings: string[] = [];

  if (!isFound(program, path)) {
    if (/[\s&|;<>$`]/.test(program)) {
      const message = say(
        "cannot run '{program}': there is no such file. If it is a shell command: fauxen run -- sh -c '{command}'",
        { program, command: shown.replaceAll("'", "'\\''") },
      );
      return { refusal: { message, status: NOT_FOUND }, warnings };
    }
    if (name === 'xm') {
      const message = say(
        'cannot run xm: xl replaced it in Xen 4.5, with the same subcommands: fauxen run --toolstack -- xl …',
      );
      return { refusal: { message, status: NOT_FOUND }, warnings };
    }
  } else if (program.includes('/') && !isExecutable(program)) {
    const advice = sourceAdvice(program);
    if (advice !== undefined) return { refusal: { message: advice, status: NOT_EXECUTABLE }, warnings };
  } else if (/\.c$/.test(program)) {
    return { refusal: { message: sourceAdvice(program) ?? '', status: NOT_EXECUTABLE }, warnings };
  }

  const stray = RUNS_OTHERS.test(name) ? undefined : args.find((each) => isOption(each, options));
  if (stray !== undefined) {
    warnings.push(
      say(
        '{option} comes after the program, so {program} gets it. For Fauxen, put it before: fauxen run {option} … -- {program}',
        { option: stray, program },
      ),
    );
  }
  if (!hasDom0 && NEED_DOM0.test(name)) {
    warnings.push(say('{name} needs a whole dom0: fauxen run --toolstack -- {command}', { name, command: shown }));
  }
  return { warnings };
}

/** Advice for a source file that was given as the program. */
function sourceAdvice(program: string): string | undefined {
  const target = program.replace(/\.\w+$/, '');
  const runnable = target.includes('/') ? target : `./${target}`;
  if (/\.c$/.test(program)) {
    return say(
      'cannot run {program}: it is C source. Compile it: gcc -o {target} {program}, then: fauxen run -- {runnable}',
      { program, target, runnable },
    );
  }
  if (/\.(ts|patch|diff)$/.test(program)) {
    return say(
      'cannot run {program}: it is not a program. If it defines hypercalls: fauxen run --hypercalls {program} -- PROGRAM',
      { program },
    );
  }
  return undefined;
}

function isOption(word: string, options: readonly string[]): boolean {
  const name = /^--([a-z-]+)(=|$)/.exec(word)?.[1];
  return name !== undefined && name.length > 2 && options.includes(name);
}

function isFound(program: string, path: string): boolean {
  if (program.includes('/')) return existsSync(program);
  return path.split(':').some((directory) => existsSync(`${directory === '' ? '.' : directory}/${program}`));
}

function isExecutable(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
