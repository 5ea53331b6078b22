// Defines a command of the command line: its options table drives both parsing and --help.

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { say } from '../language/say.ts';
import { nearest } from '../user-hypercalls/nearest.ts';

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** The name of the value in --help, such as FILE. */
  readonly value?: string;
  /** The only values allowed. */
  readonly choices?: readonly string[];
  /** One line for --help; without it the option is not shown. */
  readonly help?: string;
}

export type OptionTable = Readonly<Record<string, OptionSpec>>;
export type OptionValues = Record<string, string | boolean | (string | boolean)[] | undefined>;

export interface Command {
  readonly name: string;
  /** What follows the name on the usage line. */
  readonly usage: string;
  /** Paragraphs for --help. */
  readonly about: string;
  readonly options: OptionTable;
  /** Option parsing stops at the first non-option argument: the rest belongs to another program. */
  readonly stopsAtFirstWord?: boolean;
  /** The exit status. */
  run(values: OptionValues, words: string[]): Promise<number>;
}

/** A usage error: the message goes to stderr and the exit status is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A failure that is reported by its message alone, without a stack trace; `status` is the exit status. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly status: number;
  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}

export interface Parsed {
  values: OptionValues;
  words: string[];
  help: boolean;
}

/** Parses the arguments after the command's name. Throws UsageError. */
export function parseCommandLine(command: Command, args: readonly string[]): Parsed {
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } };
  for (const [name, spec] of Object.entries(command.options)) {
    options[name] = {
      type: spec.type,
      ...(spec.short !== undefined && { short: spec.short }),
      ...(spec.multiple !== undefined && { multiple: spec.multiple }),
    };
  }
  const own = command.stopsAtFirstWord === true ? args.slice(0, firstWord(args, options)) : args;
  const rest = args.slice(own.length);
  try {
    const { values, positionals } = parseArgs({ args: [...own], options, allowPositionals: true, strict: true });
    checkChoices(command, values);
    return {
      values,
      words: [...positionals, ...(rest[0] === '--' ? rest.slice(1) : rest)],
      help: values.help === true,
    };
  } catch (error) {
    if (error instanceof TypeError && 'code' in error)
      throw new UsageError(parseProblem(error.message, Object.keys(options)));
    throw error;
  }
}

/** The index of `--`, or of the first argument that is not an option or an option's value. */
function firstWord(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>): number {
  const { tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });
  const end = tokens.find((token) => token.kind !== 'option');
  return end?.index ?? args.length;
}

function checkChoices(command: Command, values: OptionValues): void {
  for (const [name, spec] of Object.entries(command.options)) {
    const value = values[name];
    if (spec.choices !== undefined && typeof value === 'string' && !spec.choices.includes(value)) {
      throw new UsageError(
        say("--{name} takes {choices}, not '{value}'", { name, choices: spec.choices.join(', '), value }),
      );
    }
  }
}

function similar(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return near === undefined ? '' : say(", did you mean '--{near}'?", { near });
}

/** The message of parseArgs, without its advice about positionals: that is wrong for most of our options. */
function parseProblem(message: string, options: readonly string[]): string {
  const problem = message.split(/\. |\n/)[0] ?? message;
  const unknown = /^Unknown option '(.+)'$/.exec(problem)?.[1];
  if (unknown !== undefined)
    return say("Unknown option '{option}'", { option: unknown }) + similar(unknown.replace(/^--/, ''), options);
  const lacking = /^Option '(.+)' argument missing$/.exec(problem)?.[1];
  if (lacking !== undefined) return say("Option '{option}' argument missing", { option: lacking });
  const alone = /^Option '(.+)' does not take an argument$/.exec(problem)?.[1];
  return alone === undefined ? problem : say("Option '{option}' does not take an argument", { option: alone });
}

/** The value of a string option that may be given once. */
export function text(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of a string option that may be repeated. */
export function texts(values: OptionValues, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
