import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { cli, fauxen, mountFauxen } from '../helpers/fauxen.ts';

const skip = missing('mount', 'root');

const source = (note: string) =>
  `import { defineHypercall } from 'fauxen';\n// ${note}\nexport default defineHypercall({ name: 'mine', number: 43, handler: () => 0 });\n`;

/** A mount of an old release. Each call of `print` reloads its hypercall file, which adds a line to the ring. */
async function ring(t: Test) {
  const file = join(t.testdir(), 'mine.ts');
  writeFileSync(file, source('first'));
  const mounted = await mountFauxen(t, ['--xen', '3.2', '--hypercalls', file]);
  return { ...mounted, file, print: () => writeFileSync(file, source(String(Math.random()))) };
}

/** Starts a program that follows, and returns what it has printed. */
function following(t: Test, command: string, args: string[]) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(() => child.kill('SIGKILL'));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (more: string) => (text += more));
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  const until = async (pattern: RegExp) => {
    for (let tries = 0; tries < 1000 && !pattern.test(text); tries += 1) await sleep(20);
    return text;
  };
  return { child, until, ended };
}

t.test('fauxen dmesg prints the ring of any release, follows it, and clears it', { skip }, async (t) => {
  const { dir, print, stop } = await ring(t);
  const whole = readFileSync(join(dir, 'dmesg'), 'utf8');
  t.match(whole, /\(XEN\) Xen version 3\.2|Xen 3\.2|\(XEN\)/);
  t.match(await fauxen(['dmesg', '--at', dir]), { status: 0, stdout: whole, stderr: '' });
  const follower = following(t, process.execPath, [cli, 'dmesg', '--follow', '--at', dir]);
  const interrupted = following(t, process.execPath, [cli, 'dmesg', '-f', '--at', dir]);
  const tail = following(t, 'tail', ['-f', '-n', '+1', join(dir, 'dmesg')]);
  for (const each of [follower, interrupted, tail]) await each.until(/Domain 0/);
  print();
  for (const each of [follower, interrupted, tail])
    t.match(await each.until(/reloaded/), /fauxen: reloaded .*mine \(43\)\n/);
  interrupted.child.kill('SIGINT');
  t.equal(await interrupted.ended, 0);
  const cleared = await fauxen(['dmesg', '--clear', '--at', dir]);
  t.equal(cleared.stdout, await follower.until(/reloaded/), 'what it forgets it prints');
  t.equal(readFileSync(join(dir, 'dmesg'), 'utf8'), '');
  t.equal((await fauxen(['dmesg', '--at', dir])).stdout, '');
  tail.child.kill();
  await tail.ended;
  await stop();
  t.equal(await follower.ended, 0, 'it ends with the mount');
});

t.test('fauxen dmesg shows the ring of a run, and reports when there is no ring', { skip }, async (t) => {
  const inside = await fauxen(['run', '--', process.execPath, cli, 'dmesg'], { cwd: t.testdir() });
  t.match(inside, { status: 0, stdout: /^\(XEN\) / });
  t.match(await fauxen(['dmesg', '--at', '/nowhere']), {
    status: 1,
    stderr: 'fauxen: cannot open /nowhere/dmesg: ENOENT. Start it: fauxen mount /nowhere; or name it: --at DIR.\n',
  });
  t.match(await fauxen(['dmesg', 'x']), { status: 2, stderr: /unexpected argument 'x'/ });
});
