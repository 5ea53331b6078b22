import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../language/say.ts';
import { packageRoot } from '../package/place.ts';
import { commands } from './commands.ts';

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  const found = manifest !== null && typeof manifest === 'object' && 'version' in manifest ? manifest.version : '?';
  return `fauxen ${found}\n`;
}

/** Avoids process.stdout and process.stderr: those set O_NONBLOCK on pipes and terminals that other processes share. */
function print(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, text);
  } catch {
    // The reader is gone, and there is nowhere else to report it.
  }
}

/** `fauxen help COMMAND`. */
const HELP_ONLY = { values: {}, words: [], help: true };

/** The error message for an unsupported architecture; undefined for a supported one. */
export function wrongArchitecture(arch: string = process.arch): string | undefined {
  if (arch === 'x64') return undefined;
  return say(
    'Fauxen runs on x86-64 only, and this Node is built for {arch}. On other machines, run it in an x86-64 emulator',
    { arch },
  );
}

/** Runs the command that the arguments name; returns the exit status. */
export async function commandLine(args: readonly string[]): Promise<number> {
  const [name = '', ...rest] = args;
  if (name === '--version' || name === '-V') {
    print(1, version());
    return 0;
  }
  const asksForHelp = name === '--help' || name === '-h' || name === 'help';
  if (asksForHelp && rest[0] === undefined) {
    print(1, (await import('./help-text.ts')).overview());
    return 0;
  }
  const asked = asksForHelp ? (rest[0] ?? '') : name;
  const row = Object.hasOwn(commands, asked) ? commands[asked] : undefined;
  if (row === undefined) {
    const { overview } = await import('./help-text.ts');
    const { didYouMean } = await import('../user-hypercalls/nearest.ts');
    const unknown = say("unknown command '{asked}'{suggestion}", {
      asked,
      suggestion: didYouMean(asked, [...Object.keys(commands), 'help']),
    });
    print(2, `fauxen: ${name === '' ? say('no command given') : unknown}\n\n${overview()}`);
    return 2;
  }
  const wrong = wrongArchitecture();
  if (wrong !== undefined && (name === 'run' || name === 'mount')) {
    print(2, `fauxen: ${wrong}\n`);
    return name === 'run' ? 125 : 1;
  }
  const { CommandError, parseCommandLine, UsageError } = await import('./command.ts');
  const command = await row.load();
  try {
    const { values, words, help } = asksForHelp ? HELP_ONLY : parseCommandLine(command, rest);
    if (help) {
      print(1, (await import('./help-text.ts')).helpText(command));
      return 0;
    }
    return await command.run(values, words);
  } catch (error) {
    if (error instanceof UsageError) {
      print(2, `fauxen ${name}: ${error.message}\n${say("Try 'fauxen {name} --help'.", { name })}\n`);
      return 2;
    }
    if (error instanceof CommandError) {
      print(2, `fauxen: ${error.message}\n`);
      return error.status;
    }
    print(
      2,
      `fauxen: ${say('internal error: {error}', { error: error instanceof Error ? error.stack : String(error) })}\n`,
    );
    return name === 'run' ? 125 : 1;
  }
}
