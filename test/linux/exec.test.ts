import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { inheritedFileLimit } from '../../src/linux/exec.ts';

function launch(...args: string[]) {
  const launcher = fileURLToPath(new URL('exec-launcher.ts', import.meta.url));
  return spawnSync(process.execPath, ['--import', 'tsx', launcher, ...args], {
    encoding: 'utf8',
    timeout: 20_000,
    input: 'from standard input\n',
  });
}

t.test('the program finds signals, descriptors, limits and environment as a shell would give them', (t) => {
  const script =
    'cat /proc/self/status | grep ^Sig; ulimit -Sn; readlink /proc/self/fd/$KEPT; cat; env; ls /proc/self/fd | tr "\\n" " "';
  const { stdout, status } = launch('/bin/sh', '-c', script);
  t.equal(status, 0);
  const lines = stdout.split('\n');
  t.same(
    lines.slice(0, 5).map((line) => line.split('\t')),
    [
      ['SigQ:', lines[0]!.split('\t')[1]],
      ...['SigPnd:', 'SigBlk:', 'SigIgn:', 'SigCgt:'].map((name) => [name, '0'.repeat(16)]),
    ],
  );
  t.equal(lines[5], '321');
  t.equal(lines[6], 'anon_inode:[eventfd]');
  t.equal(lines[7], 'from standard input');
  t.notMatch(stdout, /NOTHING/);
  // What a program gets without Fauxen, plus the kept descriptor, and none of Node's.
  const usual = spawnSync('ls', ['/proc/self/fd'], { encoding: 'utf8' }).stdout.trim().split('\n');
  t.equal(lines.at(-1)!.trim().split(' ').length, usual.length + 1);
  t.end();
});

t.test('a missing program gives an error number', (t) => {
  t.equal(launch('/nowhere').stdout, 'failed -2');
  t.equal(launch('/etc/passwd').stdout, 'failed -13');
  t.end();
});

t.test("the file limit is not Node's raised one", (t) => {
  t.ok(inheritedFileLimit() > 0);
  t.end();
});
