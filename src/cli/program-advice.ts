import { accessSync, constants, existsSync } from 'node:fs';
import { basename } from 'node:path';

export interface Advice {
  /** Why the program cannot be run, and the exit status that says so. */
  readonly refusal?: { readonly message: string; readonly status: number };
  /** What is probably not meant; the program runs. */
  readonly warnings: readonly string[];
}

export interface AdviceFacts {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Names of the options of `run`. */
  readonly options: readonly string[];
  /** The program gets a dom0, of its own or of the run that it is in. */
  readonly hasDom0: boolean;
  /** Where programs are looked for. */
  readonly path: string;
}

/** Exit statuses of a shell. */
const NOT_EXECUTABLE = 126;
const NOT_FOUND = 127;

/** Tools that need a xenstored, event channels or /dev/xen. */
const NEED_DOM0 = /^(xl|xentop|xenpm|xentrace|xenstore(-\w+)?|xenconsole|xen-\w+|xencov|xenwatchdogd|virsh)$/;
/** What runs other programs: options after it may be anybody's. */
const RUNS_OTHERS =
  /^(fauxen|sh|bash|dash|zsh|env|sudo|nice|timeout|strace|gdb|valgrind|xargs|npx|node|python3?|perl)$/;

/** What a user who wrote this command line probably did not mean. */
export function programAdvice({ command, options, hasDom0, path }: AdviceFacts): Advice {
  const [program = '', ...args] = command;
  const name = basename(program);
  const shown = command.join(' ');
  const warnings: string[] = [];

  if (!isFound(program, path)) {
    if (/[\s&|;<>$`]/.test(program)) {
      const message = `cannot run '${program}': there is no such file. Is it a line for a shell? fauxen run -- sh -c '${shown.replaceAll("'", "'\\''")}'`;
      return { refusal: { message, status: NOT_FOUND }, warnings };
    }
    if (name === 'xm') {
      const message =
        'cannot run xm: Xen 4.5 and later have xl in its place, with the same words: fauxen run --toolstack -- xl …';
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
      `${stray} comes after the program, so ${program} gets it. For Fauxen, put it before: fauxen run ${stray} … -- ${program}`,
    );
  }
  if (!hasDom0 && NEED_DOM0.test(name)) {
    warnings.push(`${name} needs a whole dom0: fauxen run --toolstack -- ${shown}`);
  }
  return { warnings };
}

/** What to do with a source file that was given as the program. */
function sourceAdvice(program: string): string | undefined {
  const target = program.replace(/\.\w+$/, '');
  const runnable = target.includes('/') ? target : `./${target}`;
  if (/\.c$/.test(program)) {
    return `cannot run ${program}: it is C source. Compile it: gcc -o ${target} ${program}, then: fauxen run -- ${runnable}`;
  }
  if (/\.(ts|patch|diff)$/.test(program)) {
    return `cannot run ${program}: it is not a program. If it defines hypercalls: fauxen run --hypercalls ${program} -- PROGRAM`;
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
