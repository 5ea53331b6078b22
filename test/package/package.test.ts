import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { missing } from '../helpers/capabilities.ts';
import { runCommand } from '../helpers/run-command.ts';
import { checkout } from '../helpers/source-files.ts';

/** The limit of the packed size. A twelfth of it is the package yaml, which starts much faster as part of the bundle. */
const MAX_BYTES = 500_000;

/** A project that contains only the packed package and its dependencies. */
const project = t.testdir({ node_modules: { '.bin': {} }, 'package.json': '{"type":"module"}' });
const installed = join(project, 'node_modules/fauxen');
const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', project];
const name = execFileSync('npm', pack, { cwd: checkout, encoding: 'utf8' }).trim();
mkdirSync(installed);
execFileSync('tar', ['-xzf', join(project, name), '--strip-components=1', '-C', installed]);
const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
for (const dependency of Object.keys(manifest.dependencies)) {
  symlinkSync(join(checkout, 'node_modules', dependency), join(project, 'node_modules', dependency));
}
symlinkSync('../fauxen/bin/fauxen', join(project, 'node_modules/.bin/fauxen'));

t.test('the package has what a user needs, each file once', async (t) => {
  const files = execFileSync('tar', ['-tzf', join(project, name)], { encoding: 'utf8' })
    .trim()
    .split('\n');
  t.ok(statSync(join(project, name)).size < MAX_BYTES, `${statSync(join(project, name)).size} bytes`);
  const code = files.filter((file) => !/^package\/(examples|exercises)\//.test(file));
  t.strictSame(
    code.filter((file) => /\.(map|ts)$|\/(src|test)\//.test(file)),
    ['package/dist/index.d.ts'],
    'no sources, no maps, one file of types',
  );
  const headers = files.filter((file) => file.endsWith('/fauxen.h'));
  t.equal(headers.length, 1, headers.join(' '));
  t.match(manifest, {
    cpu: ['x64'],
    os: ['linux'],
    repository: { type: 'git' },
    homepage: /^https:/,
    bugs: { url: /^https:/ },
  });
});

t.test('the command works where npm links it', async (t) => {
  t.match(await runCommand(join(project, 'node_modules/.bin/fauxen'), ['--version']), {
    status: 0,
    stdout: `fauxen ${manifest.version}\n`,
    stderr: '',
  });
});

t.test('the command compiles C with the headers of the package', { skip: missing('clang') }, async (t) => {
  const file = join(project, 'twice.c');
  writeFileSync(
    file,
    '#include <xen/lib.h>\n#include <xen/sched.h>\n#define __HYPERVISOR_twice 43\nlong do_twice(int a)\n{\n    return 2 * a + current->domain->domain_id;\n}\n',
  );
  t.match(await runCommand(join(project, 'node_modules/.bin/fauxen'), ['check', file]), {
    status: 0,
    stdout: /43 {2}twice\(int a\)/,
    stderr: '',
  });
});

t.test('a package that was packed before it was built says so', async (t) => {
  const folder = t.testdir({ bin: {} });
  writeFileSync(join(folder, 'bin/fauxen'), readFileSync(join(checkout, 'bin/fauxen')), { mode: 0o755 });
  t.match(await runCommand(join(folder, 'bin/fauxen'), ['run', 'true']), { status: 125, stderr: /dist\/ is missing/ });
});

t.test('plain JavaScript boots a hypervisor, as in docs/library.md', async (t) => {
  const page = readFileSync(join(checkout, 'docs/library.md'), 'utf8');
  const example = /```js file=ring.mjs\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  writeFileSync(join(project, 'ring.mjs'), example);
  const { status, stdout, stderr } = await runCommand(process.execPath, ['ring.mjs'], { cwd: project });
  t.equal(stderr, '');
  t.match(stdout, /Xen version 4\.20/);
  t.match(stdout, /hello from the library\n/);
  t.equal(status, 0);
});

const source = `
import { createHypervisor, defaultMachine, defineHypercall, loadAbi, pointer, string, type Hypervisor } from 'fauxen';
export default defineHypercall({
  name: 'measure',
  number: 60,
  args: { text: string(), length: pointer('long long *') },
  handler({ text, length }, xen) {
    xen.copyToGuest(length, new Uint8Array(text.length));
    return 0;
  },
});
export async function boot(): Promise<Hypervisor> {
  const machine = defaultMachine({ uptime: () => 0n, wallclock: () => 0, random: () => {} });
  return createHypervisor({ abi: await loadAbi('4.17'), machine });
}
`;

for (const [how, ...options] of [
  ['NodeNext', '--module', 'nodenext', '--strict'],
  ['Bundler', '--module', 'esnext', '--moduleResolution', 'bundler', '--strict'],
  ["TypeScript's defaults"],
] as const) {
  t.test(`the types pass in an empty project: ${how}`, async (t) => {
    writeFileSync(join(project, 'measure.ts'), source);
    const tsc = join(checkout, 'node_modules/.bin/tsc');
    // Without tap's module: it cannot run ES modules without an extension.
    const args = ['-u', 'NODE_OPTIONS', tsc, '--noEmit', '--ignoreConfig', '--types', '', ...options, 'measure.ts'];
    t.match(await runCommand('env', args, { cwd: project, timeout: 60_000 }), { status: 0, stdout: '', stderr: '' });
  });
}
