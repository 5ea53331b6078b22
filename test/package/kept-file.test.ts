import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { KeptFile } from '../../src/package/kept-file.ts';
import { missing } from '../helpers/capabilities.ts';
import { cli } from '../helpers/fauxen.ts';
import { runCommand } from '../helpers/run-command.ts';
import { useCache } from '../helpers/use-cache.ts';

const compiled = Buffer.from('what V8 made');

/** A cache in a directory that does not exist yet. */
function newCache(t: Test, id = 'source') {
  const directory = join(t.testdir({}), 'cache/fauxen');
  useCache(t, directory);
  const open = (other = id) => {
    process.env.FAUXEN_CACHE = directory;
    return new KeptFile('part', other);
  };
  const file = () => join(directory, readdirSync(directory)[0] ?? 'none');
  return { directory, open, file };
}

t.test('compiled code is cached for its source only, in a private directory', async (t) => {
  const { directory, open, file } = newCache(t);
  t.equal(open().read(), undefined, 'nothing is kept yet');
  open().write(compiled);
  t.strictSame(open().read(), compiled);
  t.equal(open('another source').read(), undefined);
  t.equal(statSync(directory).mode & 0o777, 0o700);
  t.equal(statSync(file()).mode & 0o777, 0o600);
  t.equal(readdirSync(directory).length, 1, 'no unfinished file is left');
});

t.test('an incomplete file is not used', async (t) => {
  const { open, file } = newCache(t);
  open().write(compiled);
  const whole = readFileSync(file());
  for (const content of [whole.subarray(0, -1), whole.subarray(0, 50), Buffer.alloc(0), Buffer.alloc(whole.length)]) {
    writeFileSync(file(), content);
    t.equal(open().read(), undefined, `${content.length} bytes of ${whole.length}`);
  }
});

t.test('a file that other users could have written is not used', async (t) => {
  const { directory, open, file } = newCache(t);
  open().write(compiled);
  for (const path of [directory, file()]) {
    const { mode } = statSync(path);
    chmodSync(path, mode | 0o020);
    t.equal(open().read(), undefined, `${path} is writable by a group`);
    chmodSync(path, mode);
  }
  t.strictSame(open().read(), compiled);
  if (process.getuid?.() !== 0) return;
  for (const path of [directory, file()]) {
    chownSync(path, 1, 1);
    t.equal(open().read(), undefined, `${path} is another user's`);
    chownSync(path, 0, 0);
  }
});

t.test(
  "nothing is written to another user's directory",
  { skip: process.getuid?.() !== 0 && 'needs root' },
  async (t) => {
    const { directory, open } = newCache(t);
    mkdirSync(join(directory, '..'));
    chownSync(join(directory, '..'), 1, 1);
    open().write(compiled);
    t.strictSame(readdirSync(join(directory, '..')), []);
  },
);

t.test('a cache directory that cannot be made is no error', async (t) => {
  const { directory, open } = newCache(t);
  symlinkSync('/proc/self/nothing', join(directory, '../..', 'cache'));
  open().write(compiled);
  t.equal(open().read(), undefined);
});

t.test('the command caches its code, and ignores a damaged cache', async (t) => {
  const env = { ...process.env, FAUXEN_CACHE: join(t.testdir({}), 'cache'), NODE_OPTIONS: '' };
  const version = () => runCommand(process.execPath, [cli, '--version'], { env });
  const { stdout } = await version();
  const [name = ''] = readdirSync(env.FAUXEN_CACHE);
  const file = join(env.FAUXEN_CACHE, name);
  const kept = readFileSync(file);
  t.ok(kept.length > 10_000, `${kept.length} bytes`);
  t.match(await version(), { status: 0, stdout, stderr: '' });
  t.ok(readFileSync(file).equals(kept), 'what is kept is used as it is');
  writeFileSync(file, Buffer.concat([kept.subarray(0, 96), Buffer.alloc(kept.length - 96, 0xff)]));
  t.match(await version(), { status: 0, stdout, stderr: '' }, 'V8 refuses it');
  t.notOk(readFileSync(file).equals(Buffer.alloc(0)));
  t.strictSame(readdirSync(env.FAUXEN_CACHE), [name]);
  const none = { ...env, FAUXEN_CACHE: '' };
  t.match(await runCommand(process.execPath, [cli, '--version'], { env: none }), { status: 0, stdout, stderr: '' });
});

t.test('so does the library, when a run has ended', { skip: missing('fuse', 'root') }, async (t) => {
  const env = { ...process.env, FAUXEN_CACHE: join(t.testdir({}), 'cache'), NODE_OPTIONS: '' };
  const library = JSON.stringify(join(cli, '../../index.js'));
  const script = `import(${library}).then(({ run }) => run(['true'])).then((status) => console.log(status));`;
  t.match(await runCommand(process.execPath, ['-e', script], { env }), { status: 0, stdout: '0\n' });
  const names = readdirSync(env.FAUXEN_CACHE);
  for (const part of ['library-', 'thread-'])
    t.ok(
      names.some((name) => name.startsWith(part)),
      `${part} of ${names}`,
    );
});
