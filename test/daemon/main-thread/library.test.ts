import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { missing } from '../../helpers/capabilities.ts';
import { isMountPoint } from '../../helpers/fauxen.ts';
import { checkout } from '../../helpers/source-files.ts';

// The built library, as users import it: a worker thread does not get tsx on every Node.
const library: typeof import('../../../src/index.ts') = await import(join(checkout, 'dist/index.js'));
const { mount, run } = library;

const options = { skip: missing('fuse', 'root') };

t.test('mount() serves a directory until unmount()', options, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'fauxen-library-'));
  t.teardown(() => rmdirSync(directory));
  const mounted = await mount(directory);
  t.equal(await readFile(join(directory, 'capabilities'), 'utf8'), 'control_d\n');
  t.match(await mounted.dmesg(), /^\(XEN\) /);
  await mounted.unmount();
  t.equal(await mounted.ended, undefined);
  t.notOk(isMountPoint(directory));
});

t.test('mount() accepts settings, and reports invalid ones', options, async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'fauxen-library-'));
  t.teardown(() => rmdirSync(directory));
  await t.rejects(mount(directory, { xenVersion: '4.99' }), { name: 'StartError', message: /no Xen 4\.99/, status: 2 });
  t.notOk(isMountPoint(directory));
  const mounted = await mount(directory, { domain: 3, mountOptions: { fsname: 'mine' } });
  t.match(readFileSync('/proc/self/mounts', 'utf8'), new RegExp(`^mine ${directory} fuse\\.fauxen `, 'm'));
  t.equal(await readFile(join(directory, 'capabilities'), 'utf8'), '');
  await mounted.unmount();
});

t.test('run() returns the exit status of a program that sees /proc/xen', options, async (t) => {
  t.equal(await run(['sh', '-c', 'test -e /proc/xen/privcmd && exit 9']), 9);
  t.equal(await run(['fauxen-nonexistent']), 127);
});
