#!/usr/bin/env node
// The entry point. It imports almost nothing, so that the hypervisor thread starts first: most commands need it, and it takes the longest
// to start.

import { startThreadEarly } from '../daemon/main-thread/start-thread.ts';
import { speak } from '../language/speak.ts';
import { keepCode } from '../package/keep-code.ts';

/** With these options this process runs no hypervisor. A match among the program's own options is harmless. */
const WITHOUT = ['--help', '-h', '--at', '--join', '--background', '-b'];

/** How long pending work may take after the command is done. */
const LINGER_MS = 1_000;

const args = process.argv.slice(2);
const [command = ''] = args;
const serves = command === 'mount' || command === 'run';
/** Whether the working directory has been removed. */
function isLost(): boolean {
  try {
    process.cwd();
    return false;
  } catch {
    return true;
  }
}

/** Runs the command, and ends the process even if a thread hangs: process.exit() would wait for it. */
async function main(): Promise<void> {
  if (serves && isLost()) (await import('../daemon/run/lost-directory.ts')).leaveLostDirectory();
  // Only root serves in this process: for other users, `run` starts again in a user namespace.
  if (serves && process.getuid?.() === 0 && !args.some((word) => WITHOUT.includes(word))) startThreadEarly();
  await speak();
  const { commandLine } = await import('./command-line.ts');
  const status = await commandLine(args);
  process.exitCode = status;
  keepCode();
  const end = async () => (await import('../daemon/main-thread/end-process.ts')).endProcess(status);
  setTimeout(() => void end().catch(() => process.exit()), LINGER_MS).unref();
}

void main();
