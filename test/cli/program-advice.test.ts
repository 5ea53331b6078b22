import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { programAdvice } from '../../src/cli/program-advice.ts';

const options = ['hypercalls', 'dmesg', 'at', 'xen', 'toolstack'];
const path = process.env.PATH ?? '/usr/bin:/bin';

function advice(command: string[], more: { hasDom0?: boolean; path?: string } = {}) {
  return programAdvice({ command, options, hasDom0: false, path, ...more });
}

t.test('what cannot be a program is refused with advice', (t) => {
  const folder = t.testdir({ 'hello.c': 'int main(void) { return 0; }', 'mine.ts': '', 'odd && name': '' });
  const c = join(folder, 'hello.c');
  t.match(advice([c]).refusal, {
    status: 126,
    message: `gcc -o ${folder}/hello ${c}, then: fauxen run -- ${folder}/hello`,
  });
  writeFileSync(c, 'int main(void) { return 0; }', { mode: 0o755 });
  t.match(advice([c]).refusal, { status: 126 }, 'also where it is executable by chance');
  t.match(advice([join(folder, 'mine.ts')]).refusal?.message, /--hypercalls .*mine\.ts -- PROGRAM/);
  t.match(advice(['./a && ./b']).refusal, { status: 127, message: "sh -c './a && ./b'" });
  t.match(advice(["echo 'x' | cat"]).refusal?.message, "sh -c 'echo '\\''x'\\'' | cat'");
  t.equal(advice([join(folder, 'odd && name')]).refusal, undefined, 'a file may have such a name');
  t.match(advice(['xm', 'list'], { path: '/nowhere' }).refusal?.message, /xl replaced it/);
  t.equal(advice(['no-such-program']).refusal, undefined, 'the launcher says it');
  t.end();
});

t.test('an option of Fauxen after the program is reported, unless the program starts others', (t) => {
  t.match(advice(['/bin/true', '--hypercalls', 'f.ts']).warnings, [
    /^--hypercalls comes after the program, so \/bin\/true gets it/,
  ]);
  t.match(advice(['true', '--dmesg']).warnings, [/fauxen run --dmesg … -- true/]);
  t.strictSame(advice(['true', '--at']).warnings, [], 'too common a word');
  t.strictSame(advice(['true', '--verbose']).warnings, []);
  for (const runner of ['sh', '/usr/bin/env', 'fauxen', 'timeout']) {
    t.strictSame(advice([runner, '--hypercalls', 'x']).warnings, [], runner);
  }
  t.end();
});

t.test('tools that need a dom0 are recognised', (t) => {
  t.match(advice(['/usr/sbin/xl', 'list']).warnings, [
    'xl needs a whole dom0: fauxen run --toolstack -- /usr/sbin/xl list',
  ]);
  t.match(advice(['xentop']).warnings, [/--toolstack -- xentop/]);
  t.strictSame(advice(['xl', 'list'], { hasDom0: true }).warnings, []);
  t.strictSame(advice(['ls']).warnings, []);
  t.end();
});
