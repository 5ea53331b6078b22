import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { OwnFolder } from '../../src/linux/own-folder.ts';
import { disappears } from '../helpers/processes.ts';
import { PATIENCE } from '../helpers/run-command.ts';

const module = new URL('../../src/linux/own-folder.ts', import.meta.url).href;

t.test('removing a folder removes its files and ends the shell that watches it', async (t) => {
  const folder = new OwnFolder(join(t.testdir(), 'x-'));
  writeFileSync(join(folder.path, 'file'), 'text');
  folder.remove();
  t.notOk(existsSync(folder.path));
  t.ok(await disappears(folder.path));
});

t.test('a folder may have a relative path, or one with odd characters', async (t) => {
  const before = process.cwd();
  process.chdir(t.testdir({ '-a  $(b)': {} }));
  t.teardown(() => process.chdir(before));
  const folder = new OwnFolder('-a  $(b)/x-');
  t.match(folder.path, /^\//);
  folder.remove();
  t.strictSame(readdirSync('-a  $(b)'), []);
  t.ok(await disappears(folder.path));
});

t.test('the folder is removed if the process is killed', async (t) => {
  const place = t.testdir();
  const script = `const { OwnFolder } = await import(${JSON.stringify(module)});
    const { path } = new OwnFolder(${JSON.stringify(join(place, 'x-'))});
    (await import('node:fs')).writeFileSync(path + '/file', '');
    console.log(path);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import=tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  const [said] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const path = said.trim();
  t.ok(existsSync(path));
  child.kill('SIGKILL');
  for (const end = Date.now() + PATIENCE; readdirSync(place).length > 0 && Date.now() < end; ) await sleep(20);
  t.strictSame(readdirSync(place), []);
  t.ok(await disappears(path), 'the shell has ended');
});
