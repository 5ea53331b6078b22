#!/usr/bin/env node
// The entry. It imports next to nothing, for the hypervisor thread, which most commands want and which takes longest to start,
// is to start first.

import { startThreadEarly } from '../daemon/main-thread/start-thread.ts';
import { leaveLostDirectory } from '../daemon/run/lost-directory.ts';

/** With these there is no hypervisor here, or it is another process's. A program's own options may look the same: no harm. */
const WITHOUT = ['--help', '-h', '--at', '--join', '--background', '-b'];

/** The command is done: what is left gets this long. */
const LINGER_MS = 1_000;

const args = process.argv.slice(2);
const [command = ''] = args;
const serves = command === 'mount' || command === 'run';
// Only root serves in this process: for others `run` begins again in a user namespace.
if (serves) leaveLostDirectory();
if (serves && process.getuid?.() === 0 && !args.some((word) => WITHOUT.includes(word))) startThreadEarly();

const { commandLine } = await import('./command-line.ts');
const status = await commandLine(args);
process.exitCode = status;
// A thread that hangs would hold the process, and process.exit() would wait for it.
const end = async () => (await import('../daemon/main-thread/end-process.ts')).endProcess(status);
setTimeout(() => void end().catch(() => process.exit()), LINGER_MS).unref();
