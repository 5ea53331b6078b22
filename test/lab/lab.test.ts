// `fauxen lab` on a teacher's own exercise: states, exit statuses, reports, hints in the learner's language, --watch, teachers' mistakes.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { cli, fauxen } from '../helpers/fauxen.ts';

t.setTimeout(300_000);
const skip = missing('mount');

const manifest = `
title: { en: Count to three, zh: 数到三 }
checks:
  - title: { en: it counts, zh: 能数数 }
    run: sh ./count.sh
    prints: ['^1 2 3$']
hints:
  - prints: '^1 2$'
    hint: { en: "After 2 comes <3>.", zh: "2 之后是 3。" }
`;

/** A folder for a learner, with a teacher's folder in it. */
function course(t: Test, text = manifest): string {
  return t.testdir({
    course: {
      '01-count': {
        'exercise.yaml': text,
        'text.en.md': '# Count\n',
        'text.zh.md': '# 数数\n',
        start: { 'count.sh': 'echo 1 2\n' },
      },
    },
  });
}

t.test('the list, start, and the states', { skip }, async (t) => {
  const cwd = course(t);
  t.match(await fauxen(['lab', '--exercises', 'course'], { cwd }), {
    status: 0,
    stdout: /^count +open +Count to three\n/,
  });
  const started = await fauxen(['lab', 'start', 'count', '--exercises', 'course'], { cwd });
  t.match(started, { status: 0, stderr: '', stdout: /^# Count\n[\s\S]*count\.sh.*fauxen lab check count\n$/ });
  t.match(await fauxen(['lab', '--exercises', 'course'], { cwd }), { stdout: /^count +started / });
  t.match(await fauxen(['lab', 'check', 'count'], { cwd }), { status: 1, stdout: /^not ok 1 - it counts$/m });
  writeFileSync(join(cwd, 'count/count.sh'), 'echo 1 2 3\n');
  t.match(await fauxen(['lab', 'check'], { cwd: join(cwd, 'count') }), {
    status: 0,
    stdout: 'TAP version 14\n# count\n1..1\nok 1 - it counts\n',
  });
  t.match(await fauxen(['lab', '--exercises', 'course'], { cwd }), { stdout: /^count +passed / });
  t.match(await fauxen(['lab', 'start', 'count', '--exercises', 'course'], { cwd }), {
    status: 2,
    stderr: /not empty/,
  });
});

t.test('a failed check as TAP and as JUnit, with the hint and the command', { skip }, async (t) => {
  const cwd = course(t);
  await fauxen(['lab', 'start', 'count', 'mine', '--exercises', 'course'], { cwd });
  const tap = await fauxen(['lab', 'check', 'mine', '--junit', 'report.xml'], { cwd });
  t.equal(tap.status, 1);
  t.match(
    tap.stdout,
    /^ {2}---\n {2}message: .*\n[\s\S]*After 2 comes <3>\.[\s\S]*command: fauxen run -- sh -c 'sh \.\/count\.sh'\n {2}\.\.\.$/m,
  );
  const xml = readFileSync(join(cwd, 'report.xml'), 'utf8');
  t.match(xml, '<testsuite name="count" tests="1" failures="1" skipped="0">');
  t.match(xml, 'After 2 comes &lt;3&gt;.');
  t.match(await fauxen(['lab', 'check', 'mine', '--reporter', 'junit'], { cwd }), { status: 1, stdout: xml });
});

t.test('hints are in the learner’s language', { skip }, async (t) => {
  const cwd = course(t);
  const env = { ...process.env, FAUXEN_LANG: 'zh_CN.UTF-8' };
  const started = await fauxen(['lab', 'start', 'count', '--exercises', 'course'], { cwd, env });
  t.match(started.stdout, /^# 数数\n[\s\S]*检查你的解答/);
  t.equal(readFileSync(join(cwd, 'count/README.md'), 'utf8'), '# 数数\n');
  t.match(await fauxen(['lab', 'check', 'count'], { cwd, env }), { status: 1, stdout: /能数数[\s\S]*2 之后是 3。/ });
});

t.test('--watch checks again at each save, until every check passes', { skip }, async (t) => {
  const cwd = course(t);
  await fauxen(['lab', 'start', 'count', '--exercises', 'course'], { cwd });
  const child = spawn(process.execPath, [cli, 'lab', 'check', 'count', '--watch'], { cwd });
  t.teardown(() => child.kill('SIGKILL'));
  const [out, err] = [{ text: '' }, { text: '' }];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out.text += text));
  await new Promise<void>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err.text += text;
      if (err.text.includes('waiting until you save')) resolve();
    });
    child.on('exit', () => resolve());
  });
  t.match(out.text, /^not ok 1/m);
  writeFileSync(join(cwd, 'count/count.sh'), 'echo 1 2 3\n');
  const status = await new Promise((resolve) => child.on('close', resolve));
  t.equal(status, 0, err.text);
  t.match(out.text, /^ok 1 - it counts$/m);
});

t.test('an exercise that cannot be checked gives exit status 2', async (t) => {
  const cwd = course(t, `${manifest}needs: [a-compiler-that-nobody-has]\n`);
  t.match(await fauxen(['lab', 'check'], { cwd }), { status: 2, stderr: /not the folder of an exercise/ });
  t.match(await fauxen(['lab', 'check', 'nowhere'], { cwd }), { status: 2, stderr: /not the folder of an exercise/ });
  t.match(await fauxen(['lab', 'start', 'print2'], { cwd }), { status: 2, stderr: /did you mean 'print'/ });
  t.match(await fauxen(['lab', 'stat'], { cwd }), { status: 2, stderr: /expected start or check/ });
  t.match(await fauxen(['lab', '--exercises', 'nowhere'], { cwd }), { status: 2, stderr: /does not exist/ });
  await fauxen(['lab', 'start', 'count', '--exercises', 'course'], { cwd });
  t.match(await fauxen(['lab', 'check', 'count'], { cwd }), {
    status: 2,
    stdout: '',
    stderr: /needs a-compiler-that-nobody-has/,
  });
  writeFileSync(join(cwd, 'count/lab.json'), '{');
  t.match(await fauxen(['lab', 'check', 'count'], { cwd }), { status: 2, stderr: /lab\.json is damaged/ });
});

t.test('a teacher’s mistakes are named by file, line and path', async (t) => {
  const told = async (text: string) => await fauxen(['lab', '--exercises', 'course'], { cwd: course(t, text) });
  t.match(await told(manifest.replace('prints: [', 'print: [')), {
    status: 2,
    stderr: /01-count\/exercise\.yaml:6: \/checks\/0\/print: is no known property/,
  });
  t.match(await told(manifest.replace("'^1 2$'", "'('")), {
    status: 2,
    stderr: /01-count\/exercise\.yaml:8: \/hints\/0\/prints: Invalid regular expression/,
  });
});

t.test('no check runs after a failed build', { skip }, async (t) => {
  const broken = manifest.replace('checks:', 'build: [sh -c "echo first error >&2; exit 1"]\nchecks:');
  const cwd = course(t, broken);
  await fauxen(['lab', 'start', 'count', '--exercises', 'course'], { cwd });
  const { status, stdout } = await fauxen(['lab', 'check', 'count'], { cwd });
  t.equal(status, 1);
  t.match(stdout, /^not ok 1 - sh -c[\s\S]*first error/m);
  t.match(stdout, /^ok 2 - it counts # SKIP the build failed$/m);
  t.ok(existsSync(join(cwd, 'count/lab.json')));
});
