import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, type ToolCommand, textOf } from './recordings.ts';

/** Limit for the whole list on a busy machine. */
const TIMEOUT_MS = 240_000;
/** Limit for one command. */
const COMMAND_SECONDS = 30;
const PATH = '/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/xen-4.17/bin';

/** Runs the commands one after the other in one dom0; returns the results by name. `folder` is for their output. */
export function runTools(commands: readonly ToolCommand[], folder: string): Map<string, Outcome> {
  const script = join(folder, 'script');
  const lines = commands.map(({ name, command }) => {
    const [out, err] = [join(folder, `${name}.out`), join(folder, `${name}.err`)];
    return `timeout -k 1 ${COMMAND_SECONDS} ${command} </dev/null >${out} 2>${err}\necho $? >${join(folder, `${name}.rc`)}`;
  });
  writeFileSync(script, `PATH=${PATH}\nexport PATH\n${lines.join('\n')}\nexit 0\n`);
  const scenario = join(folder, 'machine.json');
  writeFileSync(scenario, JSON.stringify({ machine: { cpu: 'recorded' } }));
  const run = ['run', '--toolstack', '--scenario', scenario, '--', '/bin/bash', script];
  const { status, error, stderr } = spawnSync('./scripts/fauxen', run, {
    timeout: TIMEOUT_MS,
    encoding: 'utf8',
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  if (status !== 0) throw new Error(`fauxen run --toolstack ended with ${error?.message ?? status}: ${stderr}`);
  if (stderr !== '') process.stderr.write(stderr);
  return new Map(commands.map(({ name }) => [name, outcome(folder, name)]));
}

function outcome(folder: string, name: string): Outcome {
  const file = (kind: string) => join(folder, `${name}.${kind}`);
  return { status: Number(textOf(file('rc'))), stdout: textOf(file('out')), stderr: textOf(file('err')) };
}
