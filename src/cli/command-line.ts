// Each command is imported only when it is asked for: start-up time is part of the product.

import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package/place.ts';
import type { Command } from './command.ts';

interface Row {
  summary: string;
  load(): Promise<Command>;
}

const commands: Record<string, Row> = {
  run: {
    summary: 'run a program that sees /proc/xen and /dev/xen',
    load: async () => (await import('./run.ts')).run,
  },
  mount: {
    summary: 'mount the files of /proc/xen in a directory',
    load: async () => (await import('./mount.ts')).mount,
  },
  trace: {
    summary: 'show the hypercalls of a running mount, as strace does',
    load: async () => (await import('./trace.ts')).trace,
  },
  new: {
    summary: 'write a hypercall of your own, and a program that calls it',
    load: async () => (await import('./new.ts')).newFile,
  },
  headers: {
    summary: 'write C headers for your hypercalls',
    load: async () => (await import('./headers.ts')).headers,
  },
  explain: {
    summary: 'tell why the last hypercalls failed',
    load: async () => (await import('./explain.ts')).explain,
  },
};

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, row]) => `  ${name.padEnd(width)}  ${row.summary}`);
  return `Usage: fauxen COMMAND [OPTION...]\n\nA fake Xen for plain Linux: unmodified programs issue hypercalls.\n
Commands:\n${lines.join('\n')}\n\n'fauxen COMMAND --help' tells the options of a command.\n`;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  const found = manifest !== null && typeof manifest === 'object' && 'version' in manifest ? manifest.version : '?';
  return `fauxen ${found}\n`;
}

/** Not process.stdout and process.stderr: those set O_NONBLOCK on pipes and terminals that others share. */
function print(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, text);
  } catch {
    // Nobody reads it, and there is nowhere else to say so.
  }
}

/** Does what the command line asks for; the exit status. */
export async function commandLine(args: readonly string[]): Promise<number> {
  const [name = '', ...rest] = args;
  if (name === '--version' || name === '-V') {
    print(1, version());
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    print(1, overview());
    return 0;
  }
  const row = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (row === undefined) {
    const problem = name === '' ? 'no command given' : `unknown command '${name}'`;
    print(2, `fauxen: ${problem}\n\n${overview()}`);
    return 2;
  }
  const { CommandError, helpText, parseCommandLine, UsageError } = await import('./command.ts');
  const command = await row.load();
  try {
    const { values, words, help } = parseCommandLine(command, rest);
    if (help) {
      print(1, helpText(command));
      return 0;
    }
    return await command.run(values, words);
  } catch (error) {
    if (error instanceof UsageError) {
      print(2, `fauxen ${name}: ${error.message}\nTry 'fauxen ${name} --help'.\n`);
      return 2;
    }
    if (error instanceof CommandError) {
      print(2, `fauxen: ${error.message}\n`);
      return error.status;
    }
    print(2, `fauxen: internal error: ${error instanceof Error ? error.stack : String(error)}\n`);
    return name === 'run' ? 125 : 1;
  }
}
