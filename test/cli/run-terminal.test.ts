import { spawn, spawnSync } from 'node:child_process';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { cli } from '../helpers/fauxen.ts';
import { killGroup, PATIENCE } from '../helpers/run-command.ts';

const hasScript = spawnSync('sh', ['-c', 'command -v script']).status === 0;
const options = { skip: missing('mount') || (!hasScript && 'missing: script(1)') };

/** Runs a shell script under fauxen on a terminal, types `keys` once it prints `up`, and returns what the terminal shows. */
function onTerminal(script: string, keys: string): Promise<string> {
  // script(1) has the user's shell run this. Ctrl-C reaches that shell too, and some shells would end before they print the status.
  const program = `trap : INT; '${process.execPath}' '${cli}' run -- sh -c '${script}'; echo status $?`;
  const child = spawn('script', ['-qc', program, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, SHELL: '/bin/sh' },
    detached: true,
  });
  const timer = setTimeout(() => killGroup(child, 'SIGKILL'), PATIENCE);
  let shown = '';
  let typed = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (typed || !shown.includes('up\r\n')) return;
    typed = true;
    child.stdin.write(keys);
  });
  return new Promise((resolve) => {
    child.on('close', () => {
      clearTimeout(timer);
      resolve(shown);
    });
  });
}

t.test('Ctrl-C reaches the program once', options, async (t) => {
  // Waits until it has arrived, and then long enough for a second one.
  const loop = 'i=0; while [ $i -lt 150 ]; do sleep 0.1; i=$((i+1)); done';
  const shown = await onTerminal(`trap "echo interrupted; i=145" INT; echo up; ${loop}; exit 4`, '\x03');
  t.equal(shown.match(/interrupted/g)?.length, 1, shown);
  t.match(shown, /status 4/);
});

t.test('Ctrl-C ends a program that does not handle it, with exit status 130', options, async (t) => {
  t.match(await onTerminal('echo up; exec sleep 20', '\x03'), /status 130/);
});

t.test('SIGINT from another process is passed on, though fauxen is in the foreground', options, async (t) => {
  // Just after its start fauxen cannot tell the two apart, and takes the signal for the terminal's.
  const script = 'trap "echo interrupted; exit 6" INT; until false; do kill -INT $PPID; sleep 0.1; done';
  const shown = await onTerminal(script, '');
  t.match(shown, /interrupted\r?\n.*status 6/s);
});

t.test('typed input reaches the program', options, async (t) => {
  t.match(await onTerminal('echo up; read line; echo got $line', 'hello\r'), /got hello/);
});
