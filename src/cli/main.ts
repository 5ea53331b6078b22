#!/usr/bin/env node
// The entry. It imports next to nothing, for the hypervisor thread, which most commands want and which takes longest to start,
// is to start first.

import { startThreadEarly } from '../daemon/main-thread/start-thread.ts';
import { leaveLostDirectory } from '../daemon/run/lost-directory.ts';

/** With these there is no hypervisor here, or it is another process's. A program's own options may look the same: no harm. */
const WITHOUT = ['--help', '-h', '--at', '--join', '--background', '-b'];

const args = process.argv.slice(2);
const [command = ''] = args;
const serves = command === 'mount' || command === 'run';
// Only root serves in this process: for others `run` begins again in a user namespace.
if (serves) leaveLostDirectory();
if (serves && process.getuid?.() === 0 && !args.some((word) => WITHOUT.includes(word))) startThreadEarly();

const { commandLine } = await import('./command-line.ts');
process.exitCode = await commandLine(args);
