/**
 * Mutation test: changes the sources at random places, one at a time, in a copy, and runs the tests of the changed folder. Prints each
 * change that no test notices, with its place.
 *
 *     node --import=tsx scripts/mutate.ts [--count 60] [--seed 1] [--only N] [--at FILE:LINE] [--built] [FOLDER…]
 *
 * FOLDER: of src; xen, fuse, caller and drivers by default. --built: builds the command after each change and runs all tests of the folder, also those on a mount. The same seed draws the same places from the same sources.
 */
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { checkout } from '../test/helpers/source-files.ts';

/** Test files for a folder of src, by its name. Fuzz tests are left out: what they notice is random. */
const TESTS: Readonly<Record<string, readonly string[]>> = {
  xen: ['test/xen', 'test/guests', 'test/fidelity/fidelity.test.ts', 'test/drivers/privcmd.test.ts'],
  fuse: ['test/fuse'],
  caller: ['test/caller'],
  drivers: [
    'test/drivers/bounds.test.ts',
    'test/drivers/dmesg.test.ts',
    'test/drivers/evtchn.test.ts',
    'test/drivers/foreign-memory',
    'test/drivers/page-cache.test.ts',
    'test/drivers/privcmd.test.ts',
    'test/drivers/waiting.test.ts',
    'test/drivers/xenbus/message-splitter.test.ts',
    'test/drivers/xenbus/xenbus-file.test.ts',
  ],
};
/** With --built: the tests of the processes and threads that a folder describes, except those that measure time or memory. */
const BUILT: Readonly<Record<string, readonly string[]>> = {
  daemon: [
    ...['hypervisor-thread', 'transport', 'mountless', 'run', 'log'].map((each) => `test/daemon/${each}`),
    'test/daemon/transports.test.ts',
    'test/cli/run.test.ts',
    'test/mount',
  ],
};
/** Time limit for the tests of a folder: ten minutes for the first run, then ten times its duration. */
const limitMs = new Map<string, number>();
const FIRST_LIMIT_MS = 600_000;

/** Each replaces the first group of a match by a plausible alternative. */
const CHANGES: readonly { find: RegExp; to: Readonly<Record<string, string>> | ((text: string) => string) }[] = [
  { find: / (===|!==) /g, to: { '===': '!==', '!==': '===' } },
  { find: / (<|<=|>|>=) /g, to: { '<': '<=', '<=': '<', '>': '>=', '>=': '>' } },
  { find: / (&&|\|\|) /g, to: { '&&': '||', '||': '&&' } },
  { find: / ([+-]) (?=[\w(])/g, to: { '+': '-', '-': '+' } },
  { find: /-errno\.(E[A-Z0-9]+)/g, to: (name) => (name === 'EINVAL' ? 'EPERM' : 'EINVAL') },
  { find: /\breturn (true|false);/g, to: { true: 'false', false: 'true' } },
  { find: /(?<=[=(,:?] |\()(\d+)(?=[;,) ])/g, to: (number) => String(Number(number) + 1) },
  { find: /^ +(?!return|const|let|break|case|throw|yield|super)([\w.#]+\([^{}]*\);)$/g, to: () => ';' },
];

interface Place {
  readonly file: string;
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** A small generator, the same on every machine (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Every change that can be made to a file. Comments, imports and types stay as they are. */
function placesIn(file: string): Place[] {
  const found: Place[] = [];
  let comment = false;
  for (const [index, text] of readFileSync(join(checkout, file), 'utf8').split('\n').entries()) {
    comment = comment ? !text.includes('*/') : /^\s*\/\*/.test(text) && !text.includes('*/');
    if (comment || /^\s*(\/[/*]|\*|import|export \*|type|interface|readonly \w+: )/.test(text)) continue;
    const code = text.replace(/ \/\/ .*$/, '');
    for (const { find, to } of CHANGES) {
      for (const match of code.matchAll(find)) {
        const [whole, part = ''] = match;
        const at = match.index + whole.indexOf(part);
        const inString = (code.slice(0, at).match(/['"`]/g)?.length ?? 0) % 2 === 1;
        const other = typeof to === 'function' ? to(part) : to[part];
        if (inString || other === undefined) continue;
        const after = text.slice(0, at) + other + text.slice(at + part.length);
        found.push({ file, line: index + 1, before: text.trim(), after: after.trim() });
      }
    }
  }
  return found;
}

const filesBelow = (folder: string, ending: string, top = checkout) =>
  readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(top, join(entry.parentPath, entry.name)))
    .sort();

/** Read from the copy, because the checkout may change meanwhile. */
function testsOf(copy: string, room: string): string[] {
  const paths = (values.built ? BUILT : TESTS)[room];
  return (paths ?? [`test/${room}`])
    .flatMap((path) => (path.endsWith('.ts') ? [path] : filesBelow(path, '.test.ts', copy)))
    .filter((path) => !path.includes('.fuzz.'));
}

/** Runs the tests of a folder in the copy; returns the name of the first failure, or undefined. */
async function firstFailure(copy: string, room: string): Promise<string | undefined> {
  if (values.built && spawnSync('scripts/build', { cwd: copy }).status !== 0) return 'does not build';
  const tests = testsOf(copy, room).map((path) => join(copy, path));
  // In one process if possible: most of the time is spent on starting. Those of the command count signals and processes.
  for (const files of values.built ? tests.map((test) => [test]) : [tests]) {
    writeFileSync(
      join(copy, 'all-tests.mjs'),
      files.map((path) => `await import(${JSON.stringify(path)});\n`).join(''),
    );
    const failing = await failureOfAll(copy, room);
    if (failing !== undefined) return values.built ? `${relative(copy, files[0] ?? '')}: ${failing}` : failing;
  }
  return undefined;
}

function failureOfAll(copy: string, room: string): Promise<string | undefined> {
  const options = {
    cwd: copy,
    timeout: limitMs.get(room) ?? FIRST_LIMIT_MS,
    maxBuffer: 2 ** 28,
    env: { ...process.env, TAP_BAIL: '1', TAP_TIMEOUT: '600' },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import=tsx', 'all-tests.mjs'], options, (error, stdout) => {
      const failed = /^ *not ok \d+ - (.*)$/m.exec(stdout)?.[1];
      resolve(error === null ? undefined : (failed ?? (error.killed ? 'timeout' : 'does not load')));
    });
  });
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    at: { type: 'string' },
    built: { type: 'boolean', default: false },
  },
});
const rooms = positionals.length > 0 ? positionals : ['xen', 'fuse', 'caller', 'drivers'];
const places = rooms
  .flatMap((room) => filesBelow(`src/${room}`, '.ts'))
  .filter((file) => !file.split('/').includes('data'))
  .flatMap(placesIn);
const random = chance(Number(values.seed));
let drawn = Array.from({ length: Number(values.count) }, () => places[Math.floor(random() * places.length)]!); // it is not empty
if (values.only !== undefined) drawn = drawn.slice(Number(values.only) - 1, Number(values.only));
if (values.at !== undefined) drawn = places.filter(({ file, line }) => `${file}:${line}` === values.at);

const copy = mkdtempSync(join(tmpdir(), 'fauxen-mutate-'));
chmodSync(copy, 0o755); // for the tests that run as another user
try {
  for (const name of [
    'src',
    'test',
    'scripts',
    'data',
    'docs',
    'examples',
    'dist',
    'bin',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'exercises',
  ])
    cpSync(join(checkout, name), join(copy, name), { recursive: true });
  symlinkSync(join(checkout, 'node_modules'), join(copy, 'node_modules'));
  for (const room of rooms) {
    const start = performance.now();
    const failing = await firstFailure(copy, room);
    limitMs.set(room, Math.min(FIRST_LIMIT_MS, Math.ceil(10 * (performance.now() - start)) + 30_000));
    if (failing !== undefined) throw new Error(`the tests of ${room} fail without any change: ${failing}`);
  }
  let noticed = 0;
  for (const [index, { file, line, before, after }] of drawn.entries()) {
    const path = join(copy, file);
    const text = readFileSync(path, 'utf8');
    const lines = text.split('\n');
    lines[line - 1] = after;
    writeFileSync(path, lines.join('\n'));
    const failing = await firstFailure(copy, file.split('/')[1] ?? '');
    writeFileSync(path, text);
    if (failing !== undefined) noticed += 1;
    const verdict = failing === undefined ? 'NOT NOTICED' : `noticed by: ${failing}`;
    console.log(`${index + 1} ${file}:${line}\n    ${before}\n    ${after}\n    ${verdict}`);
  }
  console.log(`${noticed} of ${drawn.length} changes noticed (seed ${values.seed}, ${places.length} places)`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
