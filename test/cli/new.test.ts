import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { newFile } from '../../src/cli/new.ts';
import { loadDefinitions } from '../../src/user-hypercalls/load.ts';
import { clientText } from '../../src/user-hypercalls/template.ts';
import { missing } from '../helpers/capabilities.ts';
import { fauxen } from '../helpers/fauxen.ts';

t.test('fauxen new writes a hypercall that loads, with the next free number', async (t) => {
  const dir = t.testdir();
  for (const [name, number] of [
    ['one', 43],
    ['two', 44],
  ] as const) {
    t.equal(await newFile.run({ dir }, ['hypercall', name]), 0);
    t.match(loadDefinitions(join(dir, `${name}.ts`)).hypercalls, [{ name, number }]);
    t.match(readFileSync(join(dir, `${name}.c`), 'utf8'), `#define __HYPERVISOR_${name} ${number}\n`);
  }
});

t.test('fauxen new never overwrites, and refuses impossible names and numbers', async (t) => {
  const dir = t.testdir({ 'there.c': 'mine' });
  await t.rejects(newFile.run({ dir }, ['hypercall', 'there']), /there\.c exists: choose another name/);
  t.notOk(existsSync(join(dir, 'there.ts')));
  await t.rejects(newFile.run({ dir }, ['hypercall', 'no-name']), /C identifier/);
  await t.rejects(newFile.run({ dir }, ['hypercall']), /hypercall NAME/);
  await t.rejects(newFile.run({ dir, number: '-1' }, ['hypercall', 'x']), /whole number/);
  await t.rejects(newFile.run({ dir: join(dir, 'absent') }, ['hypercall', 'x']), /does not exist/);
});

t.test('the client compiles with and without libxen-dev', { skip: missing('gcc') }, (t) => {
  const compile = (input: string) =>
    spawnSync('gcc', ['-Wall', '-Wextra', '-Werror', '-x', 'c', '-o', '/dev/null', '-'], { input, encoding: 'utf8' })
      .stderr;
  const text = clientText('greet', 43);
  t.equal(compile(text), '');
  t.equal(compile(text.replace('__has_include(<xen/sys/privcmd.h>)', '0')), '');
  t.end();
});

t.test('the three commands that it prints work', { skip: missing('gcc', 'mount') }, async (t) => {
  const cwd = t.testdir();
  const made = await fauxen(['new', 'hypercall', 'greet'], { cwd });
  t.equal(made.status, 0);
  t.match(made.stdout, /^ {2}gcc -o greet greet\.c$/m);
  t.equal(spawnSync('gcc', ['-o', 'greet', 'greet.c'], { cwd }).status, 0);
  const good = await fauxen(['run', '--hypercalls', 'greet.ts', '--dmesg', '--', './greet', 'hello, Xen'], { cwd });
  t.equal(good.stdout, 'greet answered 10\n');
  t.match(good.stderr, '(XEN) greet: hello, Xen (from domain 0)\n');
  const bad = await fauxen(['run', '--hypercalls', 'greet.ts', '--trace', '--explain', '--', './greet', ''], { cwd });
  t.match(bad.stderr, /#43 greet\(message=""\) = -EINVAL </);
  t.match(bad.stderr, /why {5}the handler of greet at .*greet\.ts:8 answered EINVAL/);
  const warned = await fauxen(['new', 'hypercall', 'other', '--number', '39'], { cwd });
  t.match(warned.stderr, /^warning: 39 is argo_op of Xen 4\.17\. While other is loaded/);
});
