// The short-lived process between `fauxen run` and the user's program: makes the private view, then becomes the program.
// Its one argument is a LaunchPlan as JSON; descriptor 3 is /dev/fuse where the plan says so.

import { closeSync, existsSync, readlinkSync, writeSync } from 'node:fs';
import { errno, errnoName } from '../../linux/errno.ts';
import { exec, inheritedFileLimit } from '../../linux/exec.ts';
import { systemCall } from '../../linux/libc.ts';
import type { LaunchPlan } from '../protocol/launch-plan.ts';
import { enterPrivateView } from './private-view.ts';

const SYS_PRCTL = 157;
const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;

function fail(status: number, message: string): never {
  writeSync(2, `fauxen: ${message}\n`);
  process.exit(status);
}

/** As execvp(3) and shells find a program: the status of what hindered it if there is none. */
function execProgram(plan: LaunchPlan): never {
  const { ignored } = plan;
  const [name = ''] = plan.command;
  const fileLimit = inheritedFileLimit(plan.shell);
  const directories = name.includes('/') ? [''] : (process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin').split(':');
  let refused: number | undefined;
  for (const directory of name === '' ? [] : directories) {
    const path = name.includes('/') ? name : `${directory === '' ? '.' : directory}/${name}`;
    // A failed exec costs milliseconds, since it undoes much of Node first.
    if (!existsSync(path)) continue;
    let result = exec(path, plan.command, { fileLimit, ignored });
    // A script without #!: shells and execvp run it with sh.
    if (result === -errno.ENOEXEC)
      result = exec('/bin/sh', ['sh', path, ...plan.command.slice(1)], { fileLimit, ignored });
    refused ??= result;
  }
  if (refused === -errno.ENOENT) fail(127, `cannot run ${name}: ENOENT. The interpreter in its first line is missing.`);
  if (refused !== undefined) fail(126, `cannot run ${name}: ${errnoName(refused)}`);
  fail(127, `cannot run ${name}: ENOENT. ${name.includes('/') ? 'There is no such file.' : 'It is not on the PATH.'}`);
}

/** Undefined if it has been removed. */
function workingDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

async function startDom0({ report, tools, scenario }: NonNullable<LaunchPlan['toolstack']>): Promise<void> {
  const { startServices } = await import('../toolstack/services.ts');
  writeSync(report, readlinkSync('/proc/thread-self/ns/mnt'));
  await startServices(tools, scenario);
  if (tools.path.length > 0) process.env.PATH = [...tools.path, process.env.PATH ?? '/usr/bin:/bin'].join(':');
  writeSync(report, '\n'); // they run
  closeSync(report);
}

const plan = JSON.parse(process.argv[2] ?? '{}') as LaunchPlan; // run-program.ts made it
if (plan.dieWithParent !== undefined) {
  // The program's /proc would be dead without us, and nobody would be left to end it.
  systemCall(SYS_PRCTL, PR_SET_PDEATHSIG, SIGKILL);
  if (process.ppid !== plan.dieWithParent) process.exit(125);
}
try {
  const { toolstack, ...view } = plan;
  const directory = toolstack && workingDirectory();
  enterPrivateView({ ...view, toolstack: toolstack !== undefined });
  if (directory !== undefined && existsSync(directory)) process.chdir(directory); // its /run is not the one that was here before
  if (toolstack !== undefined) await startDom0(toolstack);
} catch (error) {
  fail(125, error instanceof Error ? error.message : String(error));
}
if (plan.fuse !== undefined) closeSync(plan.fuse);
if (plan.door !== undefined) {
  const { installDoor } = await import('./door-handshake.ts');
  if (!installDoor(plan.door)) process.exit(125); // the daemon has said why, or is gone
}
execProgram(plan);
