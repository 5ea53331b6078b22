import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { head, skip } from '../../helpers/c-hypercalls.ts';

t.test('a hypercall in C causes no output of V8, with any version of Node', { skip }, (t) => {
  const dir = t.testdir({
    'hello.c': `${head}long do_hello(long a) { return a; }\n`,
    'load.ts': `import { loadDefinitions } from ${JSON.stringify(join(import.meta.dirname, '../../../src/user-hypercalls/load.ts'))};
console.log(loadDefinitions(process.argv[2] ?? '').hypercalls.length);\n`,
  });
  const child = spawnSync(process.execPath, ['--import=tsx', join(dir, 'load.ts'), join(dir, 'hello.c')], {
    encoding: 'utf8',
  });
  t.match(child, { status: 0, stdout: '1\n', stderr: '' });
  t.equal(child.stderr, '');
  t.end();
});
