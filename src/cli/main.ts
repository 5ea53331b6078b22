#!/usr/bin/env node
// The command, started by src/start.ts.

import { speak } from '../language/speak.ts';
import { keepCode } from '../package/keep-code.ts';
import { isLost, serves } from './starts-hypervisor.ts';

/** How long pending work may take after the command is done. */
const LINGER_MS = 1_000;

const args = process.argv.slice(2);

/** Runs the command, and ends the process even if a thread hangs: process.exit() would wait for it. */
async function main(): Promise<void> {
  if (serves(args) && isLost()) (await import('../daemon/run/lost-directory.ts')).leaveLostDirectory();
  await speak();
  const { commandLine } = await import('./command-line.ts');
  const status = await commandLine(args);
  process.exitCode = status;
  keepCode();
  const end = async () => (await import('../daemon/main-thread/end-process.ts')).endProcess(status);
  setTimeout(() => void end().catch(() => process.exit()), LINGER_MS).unref();
}

void main();
