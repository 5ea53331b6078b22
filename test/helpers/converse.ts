import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cli } from './fauxen.ts';
import { quoted } from './quoted.ts';
import { killGroup, PATIENCE } from './run-command.ts';

/** Why there can be no terminal here; false if there can. */
export const noTerminal = spawnSync('sh', ['-c', 'command -v script']).status === 0 ? false : 'missing: script(1)';

export interface Turn {
  /** Text that the terminal shows after the text of the previous turn. */
  readonly shown: string;
  /** What is typed once it is shown. */
  readonly keys: string;
}

/** Runs a shell command on a new terminal, types at each turn, and returns everything that the terminal showed. */
export function converse(command: string, turns: readonly Turn[], timeout = PATIENCE): Promise<string> {
  const child = spawn('script', ['-qc', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const timer = setTimeout(() => killGroup(child, 'SIGKILL'), timeout);
  const waiting = [...turns];
  let shown = '';
  let seen = 0;
  child.stdin.on('error', () => {}); // it may end before its last turn
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    for (let [turn] = waiting; turn !== undefined; [turn] = waiting) {
      const at = shown.indexOf(turn.shown, seen);
      if (at < 0) return;
      seen = at + turn.shown.length;
      waiting.shift();
      child.stdin.write(turn.keys);
    }
  });
  return new Promise((resolve) => {
    child.on('close', () => {
      clearTimeout(timer);
      resolve(waiting[0] === undefined ? shown : `${shown}\n(never showed ${JSON.stringify(waiting[0].shown)})`);
    });
  });
}

/** Enough for two daemons to start on a busy machine. */
const DOM0_PATIENCE = 50_000;

/** Runs a shell script in a dom0 with its toolstack, on a terminal; returns what it showed, without carriage returns. */
export async function onDom0Terminal(
  folder: string,
  script: string,
  turns: readonly Turn[],
  options = '',
): Promise<string> {
  writeFileSync(join(folder, 'script'), `cd ${quoted(folder)}\n${script}\necho "status $?"\n`);
  const command = `'${process.execPath}' '${cli}' run --toolstack ${options} -- sh ${quoted(`${folder}/script`)}`;
  return (await converse(command, turns, DOM0_PATIENCE)).replaceAll('\r', '');
}
